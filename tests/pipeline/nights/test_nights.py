from datetime import UTC, datetime

import pytest

from data.errors import InputError
from pipeline.nights.folders import current_night, free_start, publish, staging

STARTED = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)


def prepared(runs, key, text="done"):
    folder = staging(runs, key)
    (folder / "manifest.json").write_text(text)
    return folder


def test_the_pointer_shows_the_last_published_night(tmp_path):
    publish(prepared(tmp_path, "aaa"), tmp_path, STARTED)
    night = publish(prepared(tmp_path, "bbb", "second"), tmp_path, STARTED)
    assert night.name == "2026-11-22T02-00-00Z_bbb"
    assert current_night(tmp_path) == night.resolve()
    assert (tmp_path / "current" / "manifest.json").read_text() == "second"


def test_a_night_made_twice_within_a_second_has_two_folders(tmp_path):
    first = publish(prepared(tmp_path, "aaa"), tmp_path, free_start(tmp_path, STARTED, "aaa"))
    second = publish(prepared(tmp_path, "aaa"), tmp_path, free_start(tmp_path, STARTED, "aaa"))
    assert [first.name, second.name] == ["2026-11-22T02-00-00Z_aaa", "2026-11-22T02-00-01Z_aaa"]
    assert current_night(tmp_path) == second.resolve()


def test_a_prepared_night_is_not_shown(tmp_path):
    publish(prepared(tmp_path, "aaa"), tmp_path, STARTED)
    prepared(tmp_path, "bbb", "half")
    assert (tmp_path / "current" / "manifest.json").read_text() == "done"


def test_staging_is_empty_of_a_killed_run(tmp_path):
    prepared(tmp_path, "aaa")
    assert not list(staging(tmp_path, "aaa").iterdir())


def test_without_a_night_the_error_says_what_to_do(tmp_path):
    with pytest.raises(InputError, match="briefmatch run"):
        current_night(tmp_path)
