"""The tables that a night leaves beside its pages."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from data.schema.words import PAIR
from models.blend import gate_answers, ineligible
from models.flags import pair_flags
from models.likeness import likeness
from models.matching import Matches
from models.quotes import SCHEMA, evidence
from models.whatif import Weights, changes, near_misses
from pipeline.settings import Settings
from pipeline.stages import exploration
from pipeline.stages.explain import ExplainInputs, save_inputs

if TYPE_CHECKING:
    from pipeline.nightly import Ranking

_NEAR_MISSES = 3


def explain_inputs(
    ranking: "Ranking",
    pairs: pl.DataFrame,
    settings: Settings,
    assignment: pl.DataFrame | None = None,
    shown: pl.DataFrame | None = None,
    done: Callable[[int], None] = lambda briefs: None,
) -> ExplainInputs:
    """What explaining the wanted (brief_id, candidate_id) pairs needs, evidence included.

    `shown`: who stands on the shortlists (`pipeline.stages.exploration`). Brief by brief, so that
    no more of the pairs is held than `ranking.matches` holds.
    """
    shown = pl.DataFrame(schema=exploration.SCHEMA) if shown is None else shown
    parts = []
    for brief_id, matches in ranking.matches.each():
        own = pairs.filter(brief_id=brief_id).select(PAIR)
        parts.append(_of_brief(matches, own, ranking.brief_weights, settings))
        done(1)
    told = {name: pl.concat(part[name] for part in parts) for name in parts[0]}
    return ExplainInputs(
        briefs=ranking.briefs,
        requirements=ranking.requirements,
        candidates=ranking.inbox.candidates.join(
            ranking.reading.documents.select(
                "candidate_id",
                cv_words=pl.col("text").str.count_matches(r"\S+"),
                cv_language="language",
            ),
            on="candidate_id",
            how="left",
            maintain_order="left",
        ),
        contacts=ranking.inbox.contacts,
        longlist=ranking.longlist,
        adaptability=ranking.events,
        demand=ranking.demand,
        flags=pl.concat([_hidden(ranking), told.pop("flags"), exploration.flags(shown)]),
        shown=shown,
        **told,
        **({} if assignment is None else {"assignment": assignment}),
    )


def _of_brief(
    matches: Matches, pairs: pl.DataFrame, weights: Weights, settings: Settings
) -> dict[str, pl.DataFrame]:
    """The tables of one brief."""
    missed = near_misses(matches, weights, _NEAR_MISSES)
    asked, covered = pl.concat([pairs, missed]), settings.shortlist.covered_from
    gates = pl.concat([gate_answers(matches, pairs), ineligible(matches)])
    quotes = [evidence(matches, *pair) for pair in pairs.iter_rows()]
    return {
        "gates": gates.unique([*PAIR, "gate"], maintain_order=True),
        "evidence": pl.concat([pl.DataFrame(schema=SCHEMA), *quotes]),
        "flags": pair_flags(matches),
        "changes": changes(matches, asked, weights, covered=covered),
        "near_misses": missed,
        "likeness": likeness(matches, pairs),
    }


def _hidden(ranking: "Ranking") -> pl.DataFrame:
    """Whose document hides text, as flags: candidate_id, flag, brief_id, detail."""
    return ranking.reading.documents.filter("hidden").select(
        "candidate_id",
        flag=pl.lit("hidden_text"),
        brief_id=pl.lit(None, dtype=pl.String),
        detail="note",
    )


def save_tables(
    night: Path, ranking: "Ranking", told: ExplainInputs, assignment: pl.DataFrame
) -> None:
    """Write every table of the night as Parquet; the longlist comes with what explains it."""
    save_inputs(told, night)
    told.gates.filter(answer="fail").write_parquet(night / "ineligible.parquet")
    ranking.inbox.quarantine.write_parquet(night / "quarantine.parquet")
    ranking.reading.merged.write_parquet(night / "merged.parquet")
    ranking.events.write_parquet(night / "adaptability.parquet")
    assignment.write_parquet(night / "portfolio.parquet")
    expired = ranking.left_out.filter(reason="expired").drop("reason")
    expired.write_csv(night / "expired.csv")  # for whoever deletes them, in whatever they open
