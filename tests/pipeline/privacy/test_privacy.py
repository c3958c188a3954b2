"""One tiny agency: a candidate is told what is kept, erased, and kept out; others are not hurt."""

import json
import shutil
from datetime import date

import polars as pl
import pytest

from data.inbox import InboxSettings, read_inbox
from data.known import known_at
from models.cache import VectorCache
from models.encoder import EncoderSettings
from pipeline.audit.log import entries, verify
from pipeline.decisions.store import Decision, append, read_decisions
from pipeline.nights.folders import current_night, nights_of, read_manifest
from pipeline.nights.integrity import check_runs
from pipeline.privacy.admission import PrivacySettings, admit
from pipeline.privacy.erase import erase
from pipeline.privacy.erased import block, erased_among
from pipeline.privacy.subject import export_subject
from pipeline.privacy.traces import drop_rows, replaced, traces
from pipeline.trials.world import AS_OF, publish_night, write_inbox

CANARY = "zephyrloom"


def marked(inbox, candidate_id):
    """Put a word into one CV that stands in no other."""
    path = inbox / "candidates.csv"
    table = pl.read_csv(path, infer_schema=False)
    text = pl.col("cv_text").str.replace("\n", f" {CANARY}\n")
    own = pl.col("candidate_id") == candidate_id
    table.with_columns(cv_text=pl.when(own).then(text).otherwise("cv_text")).write_csv(path)


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """Two nights before an erasure and one after it, with the runs folder as it was in between."""
    folder = tmp_path_factory.mktemp("privacy")
    inbox, runs = folder / "inbox", folder / "runs"
    write_inbox(inbox)
    first = publish_night(inbox, runs)
    best = pl.read_parquet(first / "longlist.parquet").filter(rank=1)["candidate_id"][0]
    marked(inbox, best)
    publish_night(inbox, runs)
    other = next(c for c in read_ids(inbox) if c != best)
    made = [
        Decision(brief_id="B1", candidate_id=one, decision="presented", on=AS_OF)
        for one in (best, other)
    ]
    append(runs, made)
    shutil.copytree(runs, folder / "before", symlinks=True)
    (receipt,) = erase(runs, [best])
    shutil.copytree(runs, folder / "erased", symlinks=True)
    publish_night(inbox, runs, accept=["fewer"])
    return folder, best, other, receipt


def read_ids(inbox):
    return pl.read_csv(inbox / "candidates.csv", infer_schema=False)["candidate_id"].to_list()


def everything_in(runs):
    """All texts of a runs folder, tables as JSON."""
    for file in runs.rglob("*"):
        if file.is_file():
            table = file.suffix == ".parquet"
            yield str(pl.read_parquet(file).to_dicts()) if table else file.read_text("latin-1")


def test_before_the_erasure_the_candidate_is_everywhere(world):
    folder, best, *_ = world
    assert len(list(traces(folder / "before", best))) > 10
    assert any(CANARY in text for text in everything_in(folder / "before"))


@pytest.mark.parametrize("when", ["erased", "runs"])
def test_nothing_of_the_candidate_is_left_nor_comes_back(world, when):
    folder, best, *_ = world
    assert list(traces(folder / when, best)) == []
    assert not any(CANARY in text for text in everything_in(folder / when))


def test_the_receipt_counts_what_went(world):
    folder, best, _, receipt = world
    assert (receipt.readings, receipt.nights, receipt.decisions) == (2, 2, 1)
    assert receipt.vectors > 0
    assert receipt.remaining == ()
    kept = json.loads((folder / "runs/privacy/receipts" / f"{receipt.candidate}.json").read_text())
    assert kept["audit_head"] == receipt.audit_head
    assert best not in json.dumps(kept)


def test_no_vector_of_the_candidate_alone_is_left(world):
    folder, best, *_ = world
    before = pl.read_parquet(folder / "before/cache/cvs/cvs/*.parquet")
    own = pl.read_parquet(folder / "before/cache/cvs/owners.parquet").filter(candidate_id=best)
    texts = {
        part: set(rows.select(pl.col("passages").explode().struct.field("text"))["text"])
        for part, rows in before.group_by(pl.col("cv_key").is_in(own["cv_key"].implode()))
    }
    alone = texts[(True,)] - texts[(False,)]
    assert alone
    vectors = folder / "erased" / "cache" / "vectors"
    (encoder,) = (each.name for each in vectors.iterdir())
    cache = VectorCache(vectors, encoder, 384)
    assert cache.erase(alone) == 0
    assert cache.erase(texts[(False,)]) > 0


def test_others_keep_their_places_and_decisions(world):
    folder, best, other, _ = world
    for before, after in zip(
        nights_of(folder / "before"), nights_of(folder / "erased"), strict=True
    ):
        was = pl.read_parquet(before / "longlist.parquet").filter(pl.col("candidate_id") != best)
        assert was.equals(pl.read_parquet(after / "longlist.parquet"))
    assert [made.candidate_id for made in read_decisions(folder / "erased")] == [other]


def test_the_revised_nights_are_whole_and_shown(world):
    folder, *_ = world
    assert current_night(folder / "erased").name.endswith("-r1")
    for runs in (folder / "erased", folder / "runs"):
        assert check_runs(runs, EncoderSettings(name="nowhere"), {}) == []
        assert verify(runs).problems == ()


def test_the_log_tells_of_the_erasure_without_the_id(world):
    folder, best, *_ = world
    events = [entry.event for entry in entries(folder / "runs")]
    assert events == ["run", "run", "revision", "revision", "erasure", "run"]
    assert best not in (folder / "runs/audit/log.jsonl").read_text()


def test_the_erased_are_counted_and_blocked(world):
    folder, best, other, _ = world
    assert read_manifest(current_night(folder / "runs"))["balance"]["erased"] == 1
    assert erased_among(folder / "runs", [best, other]) == [best]


def test_a_subject_sees_everything_that_is_kept(world, tmp_path):
    folder, best, *_ = world
    target = export_subject(
        folder / "before", best, tmp_path / "out", folder / "inbox", InboxSettings()
    )
    told = json.loads(target.read_text())
    assert told["inbox"]["contacts"][0]["email"]
    assert len(told["nights"]) == 2
    assert told["nights"][0]["ranking"][0]["rank"] == 1
    assert told["decisions"][0]["decision"] == "presented"
    assert CANARY in json.dumps(told["read_from_the_cv"])
    assert target.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("months", "as_of", "expired"),
    [
        (24, date(2026, 11, 22), []),
        (24, date(2026, 11, 23), ["C1"]),
        (12, date(2026, 11, 23), ["C1", "C2"]),
        (0, date(2036, 1, 1), []),
    ],
)
def test_candidates_expire_two_years_after_the_last_contact(tmp_path, months, as_of, expired):
    (tmp_path / "candidates.csv").write_text(
        "candidate_id,cv_text,last_contact,updated_at\nC1,clerk,2024-11-22,2026-01-01\n"
        "C2,clerk,,2025-11-21\nC3,clerk,,\n"
    )
    (tmp_path / "contacts.csv").write_text("candidate_id,name\nC1,Ann\n")
    (tmp_path / "briefs.csv").write_text("brief_id,title\nB1,Clerk\n")
    inbox = known_at(read_inbox(tmp_path, InboxSettings()), as_of)
    kept, out = admit(inbox, tmp_path, as_of, PrivacySettings(retention_months=months))
    assert out["candidate_id"].to_list() == expired
    assert sorted([*kept.candidates["candidate_id"], *expired]) == ["C1", "C2", "C3"]
    assert kept.contacts.height == ("C1" not in expired)


def test_the_same_address_under_another_id_is_blocked(tmp_path):
    (tmp_path / "candidates.csv").write_text("candidate_id,cv_text\nC7,clerk\nC8,clerk\n")
    (tmp_path / "contacts.csv").write_text("candidate_id,email\nC7, Ann@Example.org\n")
    (tmp_path / "briefs.csv").write_text("brief_id,title\nB1,Clerk\n")
    block(tmp_path, "ann@example.org")
    inbox = read_inbox(tmp_path, InboxSettings())
    kept, out = admit(inbox, tmp_path, AS_OF, PrivacySettings())
    assert out.rows() == [("C7", "erased", None, None)]
    assert kept.candidates["candidate_id"].to_list() == ["C8"]


def test_an_id_is_found_as_a_word_only():
    table = pl.DataFrame({"a": ["C1", "C10", None], "b": [["x"], ["y", "C1"], None]})
    assert drop_rows(table, "C1").rows() == [(None, None)]
    assert drop_rows(table, "C").height == 3
    assert replaced("C1, C10 and AC1; C1-C2", "C1", "_") == "_, C10 and AC1; _-C2"


def test_the_expired_are_listed_for_deletion_and_told_in_the_report(world, tmp_path):
    folder, _, other, _ = world
    inbox = tmp_path / "inbox"
    shutil.copytree(folder / "inbox", inbox)
    table = pl.read_csv(inbox / "candidates.csv", infer_schema=False)
    old = pl.when(pl.col("candidate_id") == other).then(pl.lit("2020-01-31"))
    table.with_columns(last_contact=old.otherwise("last_contact")).write_csv(
        inbox / "candidates.csv"
    )
    night = publish_night(inbox, tmp_path / "runs")
    expired = (night / "expired.csv").read_text()
    assert expired == f"candidate_id,last_contact,expired_on\n{other},2020-01-31,2022-01-31\n"
    assert "1 candidates are past the retention" in (night / "report.html").read_text()
    assert other not in pl.read_parquet(night / "longlist.parquet")["candidate_id"]
    assert read_manifest(night)["balance"]["expired"] == 1
