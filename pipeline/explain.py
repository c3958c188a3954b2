"""Why a candidate stands where they stand: tables of the night in, facts for a reader out."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from pathlib import Path

import polars as pl

from data.errors import InputError
from pipeline.export import rows as read
from pipeline.export.asking import claims, questions
from pipeline.export.rows import Row, grouped
from pipeline.export.rules import (
    ExplainSettings,
    best_quotes,
    confidence_of,
    label_of,
    tenths,
    word_of,
)
from pipeline.export.shortlist import (
    Explanation,
    Flag,
    NearMiss,
    NobodyFits,
    Person,
    Shortlist,
)

__all__ = [
    "ExplainInputs",
    "ExplainSettings",
    "Explanation",
    "Shortlist",
    "build_shortlists",
    "explain_one",
    "load_inputs",
    "save_inputs",
]

PAIR = ["brief_id", "candidate_id"]
NEAR_MISSES = 3
FOLDER = "explain"


@dataclass(frozen=True, kw_only=True)
class ExplainInputs:
    """The tables of a night that an explanation reads.

    `evidence`: brief_id, candidate_id, requirement, quote, section, start, end, evidence_level,
    coverage. `demand`: brief_id, dimension, demand, why. `flags`: candidate_id, flag and, where
    known, brief_id (null: of every brief) and detail; the flag `over_qualified` sets the label.
    """

    briefs: pl.DataFrame
    requirements: pl.DataFrame
    candidates: pl.DataFrame
    contacts: pl.DataFrame
    longlist: pl.DataFrame
    gates: pl.DataFrame
    evidence: pl.DataFrame
    adaptability: pl.DataFrame
    demand: pl.DataFrame
    flags: pl.DataFrame


def build_shortlists(
    inputs: ExplainInputs, as_of: date, settings: ExplainSettings
) -> tuple[Shortlist, ...]:
    """The shortlist of every brief (its last version), by id, with ages as of the night."""
    listed = inputs.longlist.filter(pl.col("rank") <= settings.top).sort("brief_id", "rank")
    missed = _near_misses(inputs.gates.join(listed, on="brief_id", how="anti"))
    lookup = _Lookup(inputs, pl.concat([listed.select(PAIR), missed]), settings)
    ranked = grouped(listed, "brief_id")
    missing = grouped(missed, "brief_id")
    by_version = [name for name in ("brief_id", "version") if name in inputs.briefs.columns]
    briefs = inputs.briefs.sort(by_version).unique("brief_id", keep="last", maintain_order=True)
    return tuple(
        _shortlist(brief, ranked[brief["brief_id"]], missing[brief["brief_id"]], lookup, as_of)
        for brief in briefs.iter_rows(named=True)
    )


def explain_one(
    inputs: ExplainInputs, brief_id: str, candidate_id: str, settings: ExplainSettings
) -> Explanation:
    """One pair of the longlist in full, wherever it ranks. Raises InputError if it is not there."""
    pair = (pl.col("brief_id") == brief_id) & (pl.col("candidate_id") == candidate_id)
    row = inputs.longlist.filter(pair)
    if row.is_empty():
        raise InputError(
            f"The pair must be on the longlist of this night; brief {brief_id!r} with candidate "
            f"{candidate_id!r} is not. Check both ids, and ineligible.parquet for a gate."
        )
    return _explanation(row.row(0, named=True), _Lookup(inputs, row.select(PAIR), settings))


def save_inputs(inputs: ExplainInputs, night: Path) -> None:
    """Keep the tables in `explain/` of the night's folder, the longlist as `longlist.parquet`.

    Contacts and CVs are left out: the pool's names and texts have no business in a night.
    """
    (night / FOLDER).mkdir(parents=True, exist_ok=True)
    nameless = replace(
        inputs,
        contacts=inputs.contacts.clear(),
        candidates=inputs.candidates.drop("cv_text", "cv_file", strict=False),
    )
    for table in fields(nameless):
        getattr(nameless, table.name).write_parquet(_path(night, table.name))


def load_inputs(night: Path) -> ExplainInputs:
    """The tables that `save_inputs` kept in a night's folder."""
    return ExplainInputs(
        **{table.name: pl.read_parquet(_path(night, table.name)) for table in fields(ExplainInputs)}
    )


def _path(night: Path, table: str) -> Path:
    return night / ("" if table == "longlist" else FOLDER) / f"{table}.parquet"


class _Lookup:
    """The rows that the wanted pairs need, keyed once, so that each pair costs the same."""

    def __init__(
        self, inputs: ExplainInputs, pairs: pl.DataFrame, settings: ExplainSettings
    ) -> None:
        self.settings = settings
        self.pool = inputs.candidates.height
        self.requirements = grouped(inputs.requirements.sort("requirement"), "brief_id")
        demand = inputs.demand.sort("demand", "dimension", descending=[True, False])
        self.demand = grouped(demand, "brief_id")
        self.gates = grouped(inputs.gates.join(pairs, on=PAIR, how="semi"), *PAIR)
        self.evidence = grouped(inputs.evidence.join(pairs, on=PAIR, how="semi"), *PAIR)
        self.events = self._of_people(inputs.adaptability, pairs)
        self.flags = self._of_people(inputs.flags, pairs)
        self.facts = self._of_people(inputs.candidates, pairs)
        self.contacts = self._of_people(inputs.contacts, pairs)
        on_lists = inputs.longlist.filter(pl.col("rank") <= settings.top)["candidate_id"]
        self.appearances = dict(on_lists.value_counts(name="n").iter_rows())
        rank = pl.col("rank")
        bands = inputs.longlist.group_by("brief_id", "band").agg(rank.min(), last=rank.max())
        self.bands = {(brief, band): (a, b) for brief, band, a, b in bands.iter_rows()}
        people = pl.col("candidate_id").n_unique().alias("n")
        failing = inputs.gates.filter(pl.col("answer") == "fail")
        by_gate = failing.group_by("brief_id", "gate").agg(people)
        self.stopped = grouped(by_gate.sort("n", "gate", descending=[True, False]), "brief_id")
        self.failed = dict(failing.group_by("brief_id").agg(people).iter_rows())

    @staticmethod
    def _of_people(frame: pl.DataFrame, pairs: pl.DataFrame) -> dict[str, list[Row]]:
        return grouped(frame.join(pairs, on="candidate_id", how="semi"), "candidate_id")

    def person(self, candidate_id: str) -> Person:
        facts = next(iter(self.facts[candidate_id]), {})
        contact = next(iter(self.contacts[candidate_id]), {})
        return read.person(candidate_id, facts, contact)


def _near_misses(gates: pl.DataFrame) -> pl.DataFrame:
    """The candidates whom the fewest gates keep off each brief: brief_id, candidate_id."""
    failing = gates.filter(pl.col("answer") == "fail").group_by(PAIR).agg(n=pl.len())
    ordered = failing.sort("brief_id", "n", "candidate_id").group_by(
        "brief_id", maintain_order=True
    )
    return ordered.head(NEAR_MISSES).select(PAIR)


def _shortlist(
    brief: Row, rows: Sequence[Row], missed: Sequence[Row], lookup: _Lookup, as_of: date
) -> Shortlist:
    brief_id = brief["brief_id"]
    explanations = tuple(_explanation(row, lookup) for row in rows)
    misses = [
        NearMiss(
            person=lookup.person(row["candidate_id"]),
            gates=read.gate_answers(lookup.gates[brief_id, row["candidate_id"]]),
        )
        for row in missed
    ]
    return Shortlist(
        brief=read.brief_facts(brief, lookup.demand[brief_id], as_of),
        explanations=explanations,
        pool=lookup.pool,
        eligible=lookup.pool - lookup.failed.get(brief_id, 0),
        stopped_by=tuple((row["gate"], row["n"]) for row in lookup.stopped[brief_id]),
        nobody_fits=_nobody_fits(rows, explanations, lookup.settings),
        near_misses=tuple(misses),
    )


def _nobody_fits(
    rows: Sequence[Row], explanations: Sequence[Explanation], settings: ExplainSettings
) -> NobodyFits | None:
    if not rows:
        return "nobody_eligible"
    if max(row["score"] for row in rows) < settings.fits_from:
        return "below_threshold"
    musts = [fit for e in explanations for fit in e.requirements if fit.tier == "must"]
    return "no_must_have" if musts and all(f.state == "not_found" for f in musts) else None


def _explanation(row: Row, lookup: _Lookup) -> Explanation:
    brief_id, candidate_id, settings = row["brief_id"], row["candidate_id"], lookup.settings
    demand, pair = lookup.demand[brief_id], (brief_id, candidate_id)
    fits = read.requirement_fits(
        lookup.requirements[brief_id], row, lookup.evidence[pair], settings
    )
    facts = read.adaptability_facts(lookup.events[candidate_id], demand, settings)
    gates = read.gate_answers(lookup.gates[pair])
    flags = tuple(
        Flag(name=flag["flag"], detail=flag.get("detail"))
        for flag in lookup.flags[candidate_id]
        if flag.get("brief_id") in (None, brief_id)
    )
    word, firm, claimed, unknown = confidence_of(fits, gates)
    return Explanation(
        brief_id=brief_id,
        person=lookup.person(candidate_id),
        rank=row["rank"],
        band=row["band"],
        tied=lookup.bands[brief_id, row["band"]],
        score=tenths(round(row["score"] * 1000)),
        score_word=word_of(row["score"], settings),
        label=label_of(fits, facts, over_qualified="over_qualified" in {f.name for f in flags}),
        confidence=word,
        firm=firm,
        claimed=claimed,
        unknown=unknown,
        contributions=read.contributions(row),
        requirements=fits,
        adaptability=facts,
        gates=gates,
        gaps=tuple(f.text for f in fits if f.tier == "must" and f.state == "not_found"),
        questions=questions(fits, facts, gates, demand, settings),
        verify=claims(fits, facts),
        flags=flags,
        best=best_quotes(fits, facts),
        other_shortlists=lookup.appearances.get(candidate_id, 0) - (row["rank"] <= settings.top),
    )
