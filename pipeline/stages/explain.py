"""Why a candidate stands where they stand: tables of the night in, facts for a reader out."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from data.errors import InputError
from data.schema.words import PAIR
from pipeline.clinic.contradictions import find_contradictions
from pipeline.clinic.prose import read_prose
from pipeline.export import rows as read
from pipeline.export.asking import claims, questions
from pipeline.export.blocks import FIRST
from pipeline.export.inputs import ExplainInputs, load_inputs, save_inputs
from pipeline.export.lookup import Lookup
from pipeline.export.rows import Row, grouped
from pipeline.export.rules import (
    ExplainSettings,
    best_quotes,
    confidence_of,
    label_of,
    tenths,
    word_of,
)
from pipeline.export.shortlist import Explanation, Flag, NearMiss, NobodyFits, Shortlist

__all__ = [
    "PAIR",
    "ExplainInputs",
    "ExplainSettings",
    "Explanation",
    "Shortlist",
    "build_shortlists",
    "explain_one",
    "load_inputs",
    "save_inputs",
]


def build_shortlists(
    inputs: ExplainInputs, as_of: date, settings: ExplainSettings
) -> tuple[Shortlist, ...]:
    """The shortlist of every brief (its last version), by id, with ages as of the night."""
    listed = inputs.listed(settings.top).sort("brief_id", "rank")
    pairs = pl.concat([listed.select(PAIR), inputs.near_misses.select(PAIR)])
    lookup = Lookup(inputs, pairs, settings)
    ranked = grouped(listed, "brief_id")
    by_version = [name for name in ("brief_id", "version") if name in inputs.briefs.columns]
    briefs = inputs.briefs.sort(by_version).unique("brief_id", keep="last", maintain_order=True)
    return tuple(
        _shortlist(brief, ranked[brief["brief_id"]], lookup, as_of)
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
    return _explanation(row.row(0, named=True), Lookup(inputs, row.select(PAIR), settings))


def _shortlist(brief: Row, rows: Sequence[Row], lookup: Lookup, as_of: date) -> Shortlist:
    brief_id = brief["brief_id"]
    explanations = tuple(_explanation(row, lookup) for row in rows)
    misses = [
        NearMiss(
            person=lookup.person(row["candidate_id"]),
            gates=read.gate_answers(lookup.gates[brief_id, row["candidate_id"]]),
            change=read.change(lookup.changes[brief_id, row["candidate_id"]]),
        )
        for row in lookup.near_misses[brief_id]
    ]
    return Shortlist(
        brief=read.brief_facts(brief, lookup.demand[brief_id], as_of),
        explanations=explanations,
        pool=lookup.pool,
        eligible=lookup.pool - lookup.failed.get(brief_id, 0),
        stopped_by=tuple((row["gate"], row["n"]) for row in lookup.stopped[brief_id]),
        nobody_fits=_nobody_fits(explanations),
        near_misses=tuple(misses),
        contradictions=_contradictions(brief, as_of),
    )


def _contradictions(brief: Row, as_of: date) -> int:
    """How often the brief says two things at once; `briefmatch brief check` names them."""
    text = "\n".join(filter(None, (brief["title"], brief.get("description"))))
    told = read_prose(text, brief.get("received_at") or as_of)
    return len(find_contradictions(brief, told, as_of))


def _nobody_fits(explanations: Sequence[Explanation]) -> NobodyFits | None:
    if not explanations:
        return "nobody_eligible"
    if all(explanation.unlike for explanation in explanations[:FIRST]):
        return "below_threshold"
    musts = [fit for e in explanations for fit in e.requirements if fit.tier == "must"]
    return "no_must_have" if musts and all(f.state == "not_found" for f in musts) else None


def _explanation(row: Row, lookup: Lookup) -> Explanation:
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
    person = lookup.person(candidate_id)
    unlike = lookup.likeness.get(pair, 1.0) < settings.fits_from
    thin = read.is_thin(next(iter(lookup.facts[candidate_id]), {}))
    word, firm, claimed, unknown = confidence_of(fits, gates, thin=thin)
    elsewhere = lookup.elsewhere(brief_id, candidate_id)
    return Explanation(
        brief_id=brief_id,
        person=person,
        rank=row["rank"],
        band=row["band"],
        tied=lookup.bands[brief_id, row["band"]],
        score=tenths(round(row["score"] * 1000)),
        score_word=word_of(row["score"], settings, unlike=unlike),
        unlike=unlike,
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
        other_shortlists=len(elsewhere),
        change=read.change(lookup.changes[pair]),
        also_on=elsewhere,
        proposed=pair in lookup.proposed,
        thin=thin,
    )
