"""The audit on a small sample with the real encoder; what moves ranks little is not tested here."""

from datetime import date

import pytest

from data.agency import write_agency
from pipeline.audit.invariance import GAIN, audit_attacks, audit_edits, table
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
def findings(runs):
    inbox = runs / "inbox"
    write_agency(inbox, candidates=24, briefs=3, history_years=0, as_of=AS_OF)
    world = open_world(rank(inbox, runs, Settings(), AS_OF, Journal(Lines())), runs, Settings())
    found = audit_edits(world, inbox, cvs=2, seed=2)
    return {one.edit: one for one in (*found, *audit_attacks(world, inbox, cvs=3, seed=2))}


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


def test_attacks_are_flagged_and_gain_nothing(findings) -> None:
    attacks = [one for one in findings.values() if one.kind == "attack"]
    assert len(attacks) == 4
    for one in attacks:
        assert one.flagged == 1, one
        assert one.gained <= 10, one  # three pairs in a pool of 24: one place is 4.2 of a hundred
        assert one.unseen <= GAIN


def test_nobody_is_flagged_for_an_honest_edit(findings) -> None:
    honest = [one for one in findings.values() if one.kind != "attack"]
    assert max(one.flagged for one in honest) <= 0.1


def test_equal_careers_share_the_first_places(careers) -> None:
    blend, encoder = careers
    fair = 1 / 4
    # Not the audit's limit: 32 places are 8 points of chance either way, and careers of other seeds
    # lie between .30 and .40 even at 64 to 128 places. The audit itself has enough of them.
    assert blend.own < (fair + encoder.own) / 2
    assert blend.suited >= encoder.suited


def test_a_report_is_two_tables_and_fails_with_its_worst(findings, careers) -> None:
    report = Report(edits=tuple(findings.values()), languages=tuple(careers))
    assert report.to_text().count("\n") == len(findings) + 1 + 3
    assert table(list(findings.values())) in report.to_text()
    assert report.passes == all(one.passes for one in (*findings.values(), careers[0]))
