"""A tiny agency with two nights: damage is found, an earlier night is shown, a night made again."""

import shutil

import pytest

from data.errors import InputError
from models.encoder import EncoderSettings
from pipeline.audit.log import entries, record
from pipeline.journal import Journal, Silence
from pipeline.nights.folders import current_night, nights_of, read_manifest
from pipeline.nights.integrity import check_runs
from pipeline.nights.lock import LockError, run_lock
from pipeline.nights.manifest import sha256_of
from pipeline.nights.reproduce import reproduce
from pipeline.nights.rollback import roll_back
from pipeline.trials.world import publish_night, without_model, write_inbox

NO_MODEL = EncoderSettings(name="nowhere")  # hashing half a gigabyte is left to the trials


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    folder = tmp_path_factory.mktemp("integrity")
    write_inbox(folder / "inbox")
    publish_night(folder / "inbox", folder / "runs")
    publish_night(folder / "inbox", folder / "runs")
    return folder


@pytest.fixture
def runs(world, tmp_path):
    shutil.copytree(world / "runs", tmp_path / "runs", symlinks=True)
    return tmp_path / "runs"


def found(runs):
    return [str(damage) for damage in check_runs(runs, NO_MODEL, {})]


def flip(file):
    bits = bytearray(file.read_bytes())
    bits[len(bits) // 2] ^= 1
    file.write_bytes(bits)


def test_what_nights_wrote_is_whole(runs):
    assert found(runs) == []


@pytest.mark.parametrize(
    "pattern",
    [
        "nights/*/manifest.json",
        "nights/*/shortlists.csv",
        "nights/*/longlist.parquet",
        "cache/cvs/cvs/*.parquet",
        "cache/vectors/*/*/vectors.npy",
        "cache/vectors/*/manifest.json",
        "cache/seal.json",
        "audit/log.jsonl",
        "audit/head",
    ],
)
def test_a_flipped_bit_is_found(runs, pattern):
    flip(next(runs.glob(pattern)))
    assert found(runs)


def test_a_missing_or_added_file_is_found(runs):
    night = current_night(runs)
    (night / "index.html").unlink()
    (night / "extra.csv").write_text("a")
    assert [text.split(": ")[0].split("/")[1] for text in found(runs)] == [
        "extra.csv",
        "index.html",
    ]


def test_a_night_that_no_line_of_the_log_tells_of_is_found(runs):
    shutil.copytree(current_night(runs), runs / "nights" / "2027-01-01T00-00-00Z_abcdef012345")
    assert "not what the audit log recorded" in found(runs)[0]


def test_rolling_back_shows_the_night_before_and_is_recorded(runs):
    first, second = nights_of(runs)
    assert roll_back(runs) == first
    assert current_night(runs) == first.resolve()
    assert [entry.event for entry in entries(runs)][-1] == "rollback"
    assert second.is_dir()
    with pytest.raises(InputError, match="0 earlier nights"):
        roll_back(runs)


def test_rolling_back_passes_over_a_damaged_night(runs):
    flip(nights_of(runs)[0] / "index.html")
    with pytest.raises(InputError, match="1 earlier nights and none of them is whole"):
        roll_back(runs)


def test_rolling_back_waits_for_nobody(runs):
    with run_lock(runs), pytest.raises(LockError):
        roll_back(runs)


def test_the_log_holds_the_hash_of_every_manifest(runs):
    told = {entry.facts["folder"]: entry.facts["manifest"] for entry in entries(runs)}
    assert told == {night.name: sha256_of(night / "manifest.json") for night in nights_of(runs)}
    assert read_manifest(nights_of(runs)[1])["audit_head"] == next(entries(runs)).hash


@pytest.mark.parametrize("fresh", [False, True])
def test_a_night_is_made_again_to_the_byte(world, runs, fresh):
    record(runs, "run", {"night": "later"})
    with without_model():
        made = reproduce(current_night(runs), Journal(Silence()), fresh=fresh)
    assert (made.differing, made.changed) == ((), ())
    assert made.same > 10


def test_a_changed_inbox_is_told(world, runs, tmp_path):
    shutil.copytree(world / "inbox", tmp_path / "inbox")
    table = tmp_path / "inbox" / "candidates.csv"
    table.write_text(table.read_text().replace("2019", "2018"))
    with without_model():
        made = reproduce(current_night(runs), Journal(Silence()), inbox=tmp_path / "inbox")
    assert made.changed == ("inputs changed: candidates.csv",)
    assert "longlist.parquet" in made.differing
