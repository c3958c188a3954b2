"""The tables that a night leaves beside its pages."""

from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from data.schema.words import PAIR
from models.blend import gate_answers, ineligible
from models.flags import pair_flags
from models.likeness import likeness
from models.quotes import SCHEMA, evidence
from models.whatif import changes, near_misses
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
) -> ExplainInputs:
    """What explaining the wanted (brief_id, candidate_id) pairs needs, evidence included.

    `shown`: who stands on the shortlists (`pipeline.stages.exploration`).
    """
    shown = pl.DataFrame(schema=exploration.SCHEMA) if shown is None else shown
    matches = ranking.matches
    wanted = list(pairs.select(PAIR).iter_rows())
    weights = ranking.brief_weights
    missed = near_misses(matches, weights, _NEAR_MISSES)
    asked = pl.concat([pairs.select(PAIR), missed])
    answers = [gate_answers(matches, pairs), ineligible(matches)]
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
        gates=pl.concat(answers).unique([*PAIR, "gate"], maintain_order=True),
        evidence=pl.concat(
            [pl.DataFrame(schema=SCHEMA), *(evidence(matches, *pair) for pair in wanted)]
        ),
        adaptability=ranking.events,
        demand=ranking.demand,
        flags=pl.concat([flags(ranking), exploration.flags(shown)]),
        changes=changes(matches, asked, weights, covered=settings.shortlist.covered_from),
        near_misses=missed,
        likeness=likeness(matches, pairs),
        shown=shown,
        **({} if assignment is None else {"assignment": assignment}),
    )


def flags(ranking: "Ranking") -> pl.DataFrame:
    """What a recruiter should know of a document: candidate_id, flag, brief_id, detail."""
    hidden = ranking.reading.documents.filter("hidden").select(
        "candidate_id",
        flag=pl.lit("hidden_text"),
        brief_id=pl.lit(None, dtype=pl.String),
        detail="note",
    )
    return pl.concat([hidden, pair_flags(ranking.matches)])


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
