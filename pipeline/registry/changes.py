"""What other weights would change on tonight's briefs: who enters a shortlist, and who leaves."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from data.schema.words import PAIR
from evaluation.pairs import W, rescore
from models.adaptability.demand import overall_demand
from models.components import COMPONENTS
from models.weights.champion import Weights, brief_weights
from pipeline.nights.folders import CURRENT, MANIFEST, current_night, read_manifest
from pipeline.settings import Settings, settings_from
from pipeline.stages.explain import ExplainInputs, load_inputs


@dataclass(frozen=True, kw_only=True)
class Tonight:
    """What other weights would change in the shortlists of the published night.

    `changes`: see `shortlist_changes`; `titles`: of every brief.
    """

    changes: pl.DataFrame
    titles: Mapping[str, str]


def tonight(runs: Path, champion: Weights, challenger: Weights) -> Tonight | None:
    """The published night under both weights; null where nothing was published yet."""
    if not (runs / CURRENT).exists():
        return None
    night = current_night(runs)
    manifest = read_manifest(night)
    settings = settings_from(manifest["settings"], where=str(night / MANIFEST))
    kept, day = load_inputs(night), date.fromisoformat(manifest["as_of"])
    before, after = (_reblend(kept, one, settings, day) for one in (champion, challenger))
    return Tonight(
        changes=shortlist_changes(before, after, settings.shortlist.top),
        titles=dict(kept.briefs.select("brief_id", "title").iter_rows()),
    )


def shortlist_changes(before: pl.DataFrame, after: pl.DataFrame, top: int) -> pl.DataFrame:
    """Who is in one shortlist only, two longlists given.

    Returns:
        brief_id, candidate_id, before, after (ranks) and change (enters or leaves), in order of
        brief and change.
    """
    ranks = before.select(*PAIR, before="rank").join(after.select(*PAIR, after="rank"), on=PAIR)
    was, becomes = pl.col("before") <= top, pl.col("after") <= top
    return (
        ranks.filter(was != becomes)
        .with_columns(change=pl.when(becomes).then(pl.lit("enters")).otherwise(pl.lit("leaves")))
        .sort("brief_id", "change", pl.min_horizontal("before", "after"))
    )


def _reblend(kept: ExplainInputs, weights: Weights, settings: Settings, day: date) -> pl.DataFrame:
    """The longlist of a night under other weights; those that its briefs set are respected."""
    demand = dict(overall_demand(kept.demand).select("brief_id", "demand").iter_rows())
    found = brief_weights(kept.briefs, demand, weights, settings.night.weights)
    columns = {f"{W}{name}": [own[name] for own in found.values()] for name in COMPONENTS}
    of_brief = pl.DataFrame({"brief_id": list(found), **columns})
    longlist = kept.longlist.with_columns(received_at=pl.lit(day)).drop(columns)
    return rescore(longlist.join(of_brief, on="brief_id"))
