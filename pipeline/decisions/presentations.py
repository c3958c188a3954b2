"""Recorded decisions as presentations of the inbox, so that nights and replays learn from them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

import polars as pl

from data.inbox import Inbox
from data.schema import Presentations
from data.schema.words import PAIR
from pipeline.decisions.store import Decision, Word, read_decisions

OUTCOMES: Mapping[Word, str] = {
    "presented": "submitted",
    "interviewed": "interviewed",
    "chosen": "selected",
    "withdrawn": "withdrawn",
    "rejected": "rejected",
}
"""The word of a presentation for each decision that a person takes down."""
FINAL = ("rejected", "withdrawn", "selected")


def with_decisions(inbox: Inbox, runs: Path, as_of: date | None = None) -> Inbox:
    """The inbox with what was decided up to `as_of` (None: ever) among its presentations.

    A pair that the export has too keeps its day, rank and score; its decision is the recorded one,
    unless the export alone knows how it ended. An own order without a presentation adds none.
    Decisions on briefs or candidates that the inbox does not hold are left out.
    """
    briefs, candidates = set(inbox.briefs["brief_id"]), set(inbox.candidates["candidate_id"])
    made = [
        decision
        for decision in read_decisions(runs, as_of)
        if decision.brief_id in briefs and decision.candidate_id in candidates
    ]
    rows = [row for each in _by_pair(made) if (row := _presentation(each))]
    if not rows:
        return inbox
    schema = inbox.presentations.schema
    recorded = pl.DataFrame(rows, schema={name: schema[name] for name in schema})
    exported = inbox.presentations
    ended = exported.filter(pl.col("decision").is_in(FINAL))
    open_ = ~pl.col("decision").is_in(FINAL)
    recorded = pl.concat([recorded.filter(~open_), _without(recorded.filter(open_), ended)])
    known = recorded.join(exported, on=PAIR, how="left", suffix="_exported").with_columns(
        pl.coalesce(f"{name}_exported", name).alias(name)
        for name in ("presented_at", "rank", "score", "weights_id", "propensity")
    )
    everything = pl.concat([_without(exported, recorded), known.select(exported.columns)])
    return replace(inbox, presentations=Presentations.validate(everything, cast=True))


def _without(rows: pl.DataFrame, others: pl.DataFrame) -> pl.DataFrame:
    return rows.join(others, on=PAIR, how="anti", maintain_order="left")


def _by_pair(decisions: Iterable[Decision]) -> list[list[Decision]]:
    ordered = sorted(decisions, key=lambda decision: decision.pair)
    return [list(group) for _, group in groupby(ordered, key=lambda decision: decision.pair)]


def _presentation(decisions: Sequence[Decision]) -> dict[str, Any] | None:
    """One pair's decisions in their order as one row, None when nobody was presented."""
    told = [decision for decision in decisions if decision.decision is not None]
    if not told:
        return None
    first, last = told[0], told[-1]
    places = [decision.place for decision in decisions if decision.place is not None]
    return {
        "brief_id": first.brief_id,
        "candidate_id": first.candidate_id,
        "presented_at": first.on,
        "rank": places[-1] if places else first.rank,
        "score": first.score,
        "weights_id": first.weights_id,
        "propensity": first.propensity,
        "decision": OUTCOMES[last.decision] if last.decision else None,
        "decided_at": last.on,
        "reason": last.reason,
    }
