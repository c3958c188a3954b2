from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from data.errors import InputError
from data.inbox import InboxSettings, read_inbox
from pipeline.nights.guard import GATES, Guard, GuardSettings
from pipeline.stages.intake import read_candidates

AS_OF = date(2026, 11, 22)
BEFORE = {
    "candidates": 4,
    "language en": 3,
    "language nl": 1,
    "presentations": 10,
    "placements": 0,
    "feedback": 0,
}


@pytest.fixture(scope="module")
def night(tmp_path_factory):
    """Four candidates, one of them turned away."""
    inbox = tmp_path_factory.mktemp("guard") / "inbox"
    inbox.mkdir()
    (inbox / "candidates.csv").write_text(
        "candidate_id,cv_text,updated_at\nC1,accountant for the group,2026-11-20\n"
        "C2,lawyer for the board,\nC3,nurse in the ward,\n../C4,spy,\n"
    )
    (inbox / "briefs.csv").write_text("brief_id,title\nB1,CFO\n")
    checked = read_inbox(inbox, InboxSettings())
    reading = read_candidates(
        checked.candidates, checked.experiences, inbox, inbox.parent / "cache"
    )
    documents = reading.documents.with_columns(language=pl.Series(["en", "en", "nl"]))
    return checked, replace(reading, documents=documents)


def ask(night, *, before=None, as_of=AS_OF, accepted=(), **settings):
    guard = Guard(
        before=before or {},
        as_of=as_of,
        settings=GuardSettings(**{"max_rejected": 0.25, **settings}),
        accepted=accepted,
    )
    guard.check(*night)
    return guard


def with_outcomes(night, rows):
    inbox, reading = night
    kept = pl.when(pl.col("table") == "presentations").then(rows).otherwise("kept")
    return replace(inbox, counts=inbox.counts.with_columns(kept=kept)), reading


def test_a_night_within_its_bounds_passes(night):
    guard = ask(night)
    assert guard.watched == {
        **dict.fromkeys(("presentations", "placements", "feedback"), 0),
        "candidates": 3,
        "language en": 2,
        "language nl": 1,
    }
    assert guard.alarms == ()


def no_cv(night):
    inbox, reading = night
    return inbox, replace(reading, documents=reading.documents.clear())


def one_language(night):
    inbox, reading = night
    return inbox, replace(reading, documents=reading.documents.with_columns(language=pl.lit("nl")))


STOPPED = {
    "empty": (no_cv, {}),
    "rejected": (tuple, {"max_rejected": 0.2}),
    "fewer": (tuple, {"before": {"candidates": 6}}),
    "more": (tuple, {"before": {"candidates": 3}, "most": 1.0}),
    "stale": (tuple, {"as_of": date(2026, 12, 5)}),
    "one_language": (one_language, {"before": {**BEFORE, "presentations": 0}}),
    "outcomes": (lambda night: with_outcomes(night, 6), {"before": BEFORE}),
}


@pytest.mark.parametrize("gate", GATES)
def test_each_gate_stops_the_night_alone_by_its_name_unless_accepted(night, gate):
    change, settings = STOPPED[gate]
    with pytest.raises(
        InputError, match=rf"^Gate `{gate}`: [^`]*run again with --accept {gate}\.$"
    ):
        ask(change(night), **settings)
    guard = ask(change(night), **settings, accepted=[gate])
    assert [gate in alarm.text for alarm in guard.alarms] == [True]


@pytest.mark.parametrize(
    ("gate", "settings"),
    [
        ("fewer", {"before": {"candidates": 5}}),
        ("more", {"before": {"candidates": 1}, "most": 3.1}),
        ("stale", {"as_of": date(2026, 12, 4)}),
    ],
)
def test_a_gate_holds_up_to_its_bound(night, gate, settings):
    assert ask(night, **settings).alarms == ()


def test_a_small_table_of_outcomes_may_lose_a_few_rows_but_not_all(night):
    assert ask(with_outcomes(night, 7), before=BEFORE).alarms == ()
    with pytest.raises(InputError, match="presentations has 0 rows, 2 in"):
        ask(night, before={**BEFORE, "presentations": 2})


def test_the_reasons_for_turning_away_are_told(night):
    with pytest.raises(InputError, match=r"At most 20% .* 1 of 4 were, most often for: "):
        ask(night, max_rejected=0.2)
