"""The audit on a small sample with the real encoder; what moves ranks little is not tested here."""

import random
from datetime import date

import polars as pl
import pytest

from data.agency import write_agency
from pipeline.audit.attacks import COPYING
from pipeline.audit.invariance import audit_edits, table
from pipeline.audit.red_team import attack, gains
from pipeline.audit.run import Report, equal_careers
from pipeline.audit.world import open_world
from pipeline.journal import Journal, Lines
from pipeline.nightly import rank
from pipeline.settings import Settings

AS_OF = date(2026, 11, 22)


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    return tmp_path_factory.mktemp("audit")


@pytest.fixture(scope="module")
def world(runs):
    write_agency(runs / "inbox", candidates=42, briefs=3, history_years=0, as_of=AS_OF)
    briefs = pl.read_csv(runs / "inbox" / "briefs.csv", infer_schema=False)
    asked = briefs.select("brief_id", "language", "title", "must_have", "description")
    asked.write_csv(runs / "inbox" / "briefs.csv")  # no conditions: nobody is kept off by a gate
    return open_world(rank(runs / "inbox", runs, Settings(), AS_OF, Journal(Lines())))


@pytest.fixture(scope="module")
def findings(world, runs):
    return {one.edit: one for one in audit_edits(world, runs / "inbox", cvs=2, seed=2)}


@pytest.fixture(scope="module")
def attempts(world):
    return attack(world, cvs=1, rng=random.Random(2))  # noqa: S311 - no secret


@pytest.fixture(scope="module")
def careers(runs):
    journal = Journal(Lines())
    return equal_careers(
        runs / "careers", runs, Settings(), AS_OF, journal, functions=2, careers=3, top=4, seed=1
    )


@pytest.mark.parametrize("edit", ["another name", "birth date, nationality, address"])
def test_what_is_redacted_moves_no_score_at_all(findings, edit) -> None:
    assert findings[edit].pairs > 0
    assert findings[edit].changed == 0


def test_whoever_copies_a_brief_is_flagged(attempts) -> None:
    copied = attempts.filter(pl.col("attack").is_in(COPYING))
    assert copied.height == 3 * len(COPYING)
    assert copied["flagged"].mean() >= 0.95


def test_praise_of_oneself_reaches_no_first_place(attempts) -> None:
    praise = gains(attempts.filter(attack="adaptability praised five times"))[0]
    assert praise.pairs == 3
    assert praise.top_after == 0


def test_nobody_is_flagged_for_an_honest_edit(findings) -> None:
    assert max(one.flagged for one in findings.values()) <= 0.1


def test_equal_careers_share_the_first_places(careers) -> None:
    blend, encoder = careers
    fair = 1 / 4
    # Not the audit's limit: 32 places are 8 points of chance either way, and careers of other seeds
    # lie between .30 and .40 even at 64 to 128 places. The audit itself has enough of them.
    assert blend.own < (fair + encoder.own) / 2
    assert blend.suited >= encoder.suited


def test_a_report_is_three_tables_and_fails_with_its_worst(findings, attempts, careers) -> None:
    edits, attacks = tuple(findings.values()), tuple(gains(attempts))
    report = Report(edits=edits, attacks=attacks, languages=tuple(careers))
    assert table(list(edits)) in report.to_text()
    assert len(report.to_text().split("\n\n")) == 3
    assert report.passes == all(one.passes for one in (*edits, *attacks, careers[0]))
