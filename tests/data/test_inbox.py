"""A whole inbox: what stops it, what it turns away, and that nothing is lost between the two."""

import json

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.errors import InputError
from data.inbox import InboxSettings, read_inbox
from data.schema import INBOX_TABLES

PLAIN = InboxSettings()


def write(folder, **tables):
    """Write tables (lists of dicts) as JSON Lines."""
    defaults = {
        "candidates": [{"candidate_id": "C1", "cv_text": "CV"}],
        "briefs": [{"brief_id": "B1", "title": "CFO", "description": "We need a CFO."}],
    }
    for name, rows in (defaults | tables).items():
        lines = "\n".join(json.dumps(row) for row in rows)
        (folder / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    return folder


def reasons(inbox, table):
    return inbox.quarantine.filter(pl.col("table") == table).get_column("reason").to_list()


def test_a_brief_with_a_title_and_a_description_is_enough(tmp_path):
    inbox = read_inbox(write(tmp_path), PLAIN)
    assert inbox.briefs.item(0, "title") == "CFO"
    assert inbox.briefs.item(0, "version") == 1
    assert inbox.quarantine.is_empty()
    assert inbox.warnings == []


def test_tables_that_are_absent_are_empty_and_have_their_columns(tmp_path):
    inbox = read_inbox(write(tmp_path), PLAIN)
    for name, schema in INBOX_TABLES.items():
        assert getattr(inbox, name).schema == pl.Schema(schema), name


@pytest.mark.parametrize("table", ["candidates", "briefs"])
def test_a_missing_table_stops_the_reading(tmp_path, table):
    write(tmp_path)
    (tmp_path / f"{table}.jsonl").unlink()
    with pytest.raises(InputError, match=rf"has no {table}\.csv"):
        read_inbox(tmp_path, PLAIN)


def test_a_folder_that_is_none_stops_the_reading(tmp_path):
    with pytest.raises(InputError, match="must be a folder"):
        read_inbox(tmp_path / "absent", PLAIN)


@pytest.mark.parametrize(
    ("table", "row", "lost"),
    [
        ("candidates", {"cv_text": "CV"}, "candidate_id"),
        ("candidates", {"candidate_id": "C1"}, "cv_file or cv_text"),
        ("briefs", {"brief_id": "B1", "description": "x"}, "title"),
        ("placements", {"placement_id": "P1"}, "brief_id, candidate_id, start_date"),
    ],
)
def test_a_lost_column_stops_the_reading(tmp_path, table, row, lost):
    with pytest.raises(InputError, match=f"lacks {lost}"):
        read_inbox(write(tmp_path, **{table: [row]}), PLAIN)


def test_an_export_without_candidates_stops_the_reading(tmp_path):
    with pytest.raises(InputError, match="at least one"):
        read_inbox(write(tmp_path, candidates=[]), PLAIN)


def test_an_export_without_briefs_or_missions_is_read(tmp_path):
    inbox = read_inbox(write(tmp_path, briefs=[], placements=[]), PLAIN)
    assert inbox.briefs.is_empty()
    assert inbox.placements.is_empty()


def test_columns_take_their_names_from_the_settings(tmp_path):
    rows = [{"Kandidaat nr": "C1", "CV Text": "CV", "Shoe size": "43"}]
    columns = {"candidates": {"kandidaat NR": "candidate_id", "Gone": "place"}}
    inbox = read_inbox(write(tmp_path, candidates=rows), InboxSettings(columns=columns))
    assert inbox.candidates.item(0, "candidate_id") == "C1"
    assert inbox.warnings == [
        "candidates.jsonl: columns not used: Shoe size.",
        "candidates.jsonl: the settings map columns that it lacks: Gone.",
    ]


@pytest.mark.parametrize(
    ("columns", "says"),
    [
        ({"candidate": {}}, "must name tables among"),
        ({"candidates": {"x": "shoe_size"}}, "to shoe_size"),
        ({"candidates": {"cv_text": "candidate_id"}}, "both mean candidate_id"),
    ],
)
def test_a_wrong_mapping_stops_the_reading(tmp_path, columns, says):
    with pytest.raises(InputError, match=says):
        read_inbox(write(tmp_path), InboxSettings(columns=columns))


def test_a_city_is_a_place(tmp_path):
    brief = {"brief_id": "B1", "title": "CFO", "city": "Mons"}
    assert read_inbox(write(tmp_path, briefs=[brief]), PLAIN).briefs.item(0, "place") == "Mons"


def test_rows_about_nobody_are_turned_away_along_the_chain(tmp_path):
    pair = {"brief_id": "B1", "candidate_id": "C9"}
    inbox = read_inbox(
        write(
            tmp_path,
            presentations=[pair | {"presented_at": "2026-01-01"}],
            placements=[pair | {"placement_id": "P1", "start_date": "2026-01-01"}],
            feedback=[{"placement_id": "P1", "date": "2026-02-01", "aspect": "scope"}],
            judgements=[{"brief_id": "B9", "candidate_id": "C9", "grade": 2}],
        ),
        PLAIN,
    )
    assert "one of the candidates that were kept" in reasons(inbox, "presentations")[0]
    assert "one of the placements that were kept" in reasons(inbox, "feedback")[0]
    assert len(reasons(inbox, "judgements")) == 1
    assert inbox.counts.get_column("quarantined").sum() == 4


def test_a_cv_file_must_lie_in_the_inbox(tmp_path):
    folder = tmp_path / "inbox"
    (folder / "cvs").mkdir(parents=True)
    (folder / "cvs" / "é.txt").write_text("CV", encoding="utf-8")
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    names = ["cvs\\é.txt", "link.txt", "../secret.txt", "absent.pdf", "cvs"]
    rows = [{"candidate_id": f"C{i}", "cv_file": name} for i, name in enumerate(names)]
    inbox = read_inbox(write(folder, candidates=rows), PLAIN)
    assert inbox.candidates.get_column("cv_file").to_list() == ["cvs/é.txt"]
    assert inbox.counts.row(0) == ("candidates", 5, 1, 4)


def test_a_cv_file_whose_name_has_loose_accents_is_found(tmp_path):
    (tmp_path / "e\u0301.txt").write_text("CV", encoding="utf-8")
    rows = [{"candidate_id": "C1", "cv_file": "\u00e9.txt"}]
    inbox = read_inbox(write(tmp_path, candidates=rows), PLAIN)
    assert (tmp_path / inbox.candidates.item(0, "cv_file")).is_file()


def test_real_interim_briefs_are_read_whole(tmp_path, shared):
    given = (shared / "judged" / "briefs.jsonl").read_text(encoding="utf-8").splitlines()
    inbox = read_inbox(write(tmp_path, briefs=[json.loads(line) for line in given]), PLAIN)
    assert inbox.briefs.height == len(given)
    for column in ("function", "sector", "place", "languages", "must_have", "reason"):
        assert inbox.briefs.get_column(column).null_count() == 0, column


CELLS = st.one_of(
    st.none(),
    st.text(max_size=8),
    st.sampled_from(["C1", "C2", "B1", "2026-01-01", "03/04/2026", "-5", "nl:C1", "../x", "{}"]),
    st.integers(-5, 20_000),
    st.floats(),
    st.lists(st.text(max_size=4), max_size=3),
    st.dictionaries(st.sampled_from(["code", "level"]), st.text(max_size=3)),
)


def rows_of(table, *needed):
    others = st.sampled_from(INBOX_TABLES[table].column_names())
    base = st.fixed_dictionaries(dict.fromkeys(needed, CELLS))
    return st.lists(
        st.builds(lambda row, more: more | row, base, st.dictionaries(others, CELLS, max_size=4)),
        min_size=1,
        max_size=6,
    )


@settings(
    max_examples=20,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    candidates=rows_of("candidates", "candidate_id", "cv_text"),
    briefs=rows_of("briefs", "brief_id", "title"),
    placements=rows_of("placements", "placement_id", "brief_id", "candidate_id", "start_date"),
)
def test_what_comes_in_is_kept_or_quarantined(tmp_path, candidates, briefs, placements):
    tables = {"candidates": candidates, "briefs": briefs, "placements": placements}
    inbox = read_inbox(write(tmp_path, **tables), PLAIN)
    for name, rows in tables.items():
        turned_away = inbox.quarantine.filter(pl.col("table") == name)
        assert len(rows) == getattr(inbox, name).height + turned_away.height
        assert turned_away.get_column("row").is_unique().all()
        INBOX_TABLES[name].validate(getattr(inbox, name))
