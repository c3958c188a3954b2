"""Slices of the pool by the language of the CV, unless a slice would give a small group away."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import polars as pl

from pipeline.audit.bias_rates import HIDDEN_BELOW

_LANGUAGE: Final = {"candidate_id": pl.String, "cv_language": pl.String}


def cv_languages(nights: Sequence[Path]) -> pl.DataFrame:
    """candidate_id, cv_language, of the latest night that tells it (`nights`: latest first)."""
    found = [pl.DataFrame(schema=_LANGUAGE)]
    for night in nights:
        table = night / "explain" / "candidates.parquet"
        if table.is_file() and "cv_language" in pl.read_parquet_schema(table):
            found.append(pl.read_parquet(table, columns=list(_LANGUAGE)))
    known = pl.concat(found).drop_nulls()
    return known.unique("candidate_id", keep="first", maintain_order=True)


def languages_told(people: pl.DataFrame) -> list[str]:
    """The languages whose slices may be shown, the most frequent first.

    In every slice shown a group has nobody or enough people; so it has in all slices left out
    together, because their size is the difference of those shown to the whole pool.

    Args:
        people: candidate_id, group, cv_language; one row a person, null where unknown.
    """
    sizes = people.group_by("group").agg(pl.len())
    large = sizes.filter(pl.col("len") >= HIDDEN_BELOW)["group"]
    known = people.filter(pl.col("group").is_in(large.implode()))
    counted = known["cv_language"].drop_nulls().value_counts(name="n")
    order = counted.sort("n", "cv_language", descending=[True, False])["cv_language"].to_list()
    for last in range(len(order), 0, -1):
        shown = order[:last]
        slice_ = pl.when(pl.col("cv_language").is_in(shown)).then("cv_language")
        cells = known.group_by("group", slice_.alias("slice")).agg(pl.len())
        if (cells["len"] >= HIDDEN_BELOW).all():
            return shown
    return []
