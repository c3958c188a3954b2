"""Ranks replayed pairs under other weights, without running a night again."""

from collections.abc import Mapping

import polars as pl

from evaluation.pairs import W, rescore
from models.components import COMPONENTS
from models.weights.champion import Weights, brief_weights


def reweigh(
    pairs: pl.DataFrame, weights: Weights, settings: Mapping[str, float] | None = None
) -> pl.DataFrame:
    """The pairs under `weights`, adapted to each brief by the rule of a night, and ranked anew.

    `settings` are the weights that the settings file fixes; a brief's own come last, as at night.
    """
    briefs = pairs.select("brief_id", "demand", weights="own_weights").unique(
        "brief_id", maintain_order=True
    )
    demand = dict(briefs.select("brief_id", "demand").iter_rows())
    found = brief_weights(briefs, demand, weights, settings)
    ids = list(found)
    columns = {f"{W}{name}": [found[brief_id][name] for brief_id in ids] for name in COMPONENTS}
    of_brief = pl.DataFrame({"brief_id": ids, **columns}, schema_overrides={"brief_id": pl.String})
    order = [name for name in pairs.columns if name not in columns] + list(columns)
    weighed = pairs.drop(columns, strict=False).join(of_brief, on="brief_id", how="left")
    return rescore(weighed).select(*dict.fromkeys([*order, "score", "rank"]))
