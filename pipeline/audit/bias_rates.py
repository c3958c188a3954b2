"""Selection and scoring rates of groups, and their impact ratios, as 6 RCNY 5-300 defines them.

One application is one candidate before one brief. Groups are counted in people, since the same
person before ten briefs is no ten people.
"""

import math
import sys
from dataclasses import dataclass
from typing import Final

import polars as pl

from data.schema.words import PAIR

HIDDEN_BELOW: Final = 10  # people; a smaller cell could point at somebody
_AT_HALF: Final = 1450 / 9  # people a group, see `needed`
_TWO_SIDED, _POWER = 1.959964, 0.841621  # normal quantiles of .975 and .80


@dataclass(frozen=True, kw_only=True)
class Rate:
    """One kind of rate of one group; `ratio` is the impact ratio."""

    cases: int
    positive: int
    rate: float
    ratio: float | None
    needed: int
    detectable: float | None

    def sufficient(self, people: int) -> bool:
        """Whether the group is large enough for its ratio to mean something."""
        return people >= self.needed


@dataclass(frozen=True, kw_only=True)
class Group:
    """One group of an attribute, or of several; rates are None where the cell is hidden."""

    name: str
    people: int
    selection: Rate | None
    scoring: Rate | None

    @property
    def hidden(self) -> bool:
        """Whether there are too few people to be shown."""
        return self.people < HIDDEN_BELOW


def applications(longlist: pl.DataFrame, ineligible: pl.DataFrame, top: int) -> pl.DataFrame:
    """brief_id, candidate_id, rank?, selected, above? of every candidate considered for a brief.

    Selected is who stands on a shortlist of `top`. Above is whose score lies above the median of
    all scores of that brief (6 RCNY 5-300, "scoring rate"); null for who was not scored.
    """
    scored = longlist.select(
        "brief_id",
        "candidate_id",
        "rank",
        selected=pl.col("rank") <= top,
        above=pl.col("score") > pl.col("score").median().over("brief_id"),
    )
    stopped = ineligible.select("brief_id", "candidate_id").unique()
    return pl.concat(
        [
            scored,
            stopped.join(scored, on=PAIR, how="anti").with_columns(
                rank=pl.lit(None, scored["rank"].dtype),
                selected=False,
                above=pl.lit(None, pl.Boolean),
            ),
        ]
    )


def rates(cases: pl.DataFrame, groups: pl.DataFrame) -> tuple[Group, ...]:
    """The groups with their rates, the largest first.

    Args:
        cases: applications, as `applications` gives them.
        groups: candidate_id, group; who is not there is unknown and counts nowhere.
    """
    joined = cases.join(groups.drop_nulls("group"), on="candidate_id")
    counted = joined.group_by("group").agg(pl.col("candidate_id").n_unique())
    ordered = counted.sort("candidate_id", "group", descending=[True, False])
    people = dict(ordered.iter_rows())
    shown = {name: n for name, n in people.items() if n >= HIDDEN_BELOW}
    selection = _rates(joined.select("group", "candidate_id", hit="selected"), shown)
    scoring = _rates(joined.drop_nulls("above").select("group", "candidate_id", hit="above"), shown)
    return tuple(
        Group(name=name, people=n, selection=selection.get(name), scoring=scoring.get(name))
        for name, n in people.items()
    )


def _rates(cases: pl.DataFrame, people: dict[str, int]) -> dict[str, Rate]:
    """Impact ratio: the rate of a group for the highest rate of any group that is shown."""
    counted = cases.group_by("group").agg(cases=pl.len(), positive=pl.col("hit").sum())
    found = {name: (n, hits, hits / n) for name, n, hits in counted.iter_rows() if name in people}
    if not found:
        return {}
    best = max(found, key=lambda name: (found[name][2], people[name], name))
    highest = found[best][2]
    overall = sum(hits for _, hits, _ in found.values()) / sum(n for n, _, _ in found.values())
    return {
        name: Rate(
            cases=n,
            positive=hits,
            rate=rate,
            ratio=rate / highest if highest and len(found) > 1 else None,
            needed=needed(overall),
            detectable=detectable(overall, people[name], _others(people, name)),
        )
        for name, (n, hits, rate) in found.items()
    }


def _others(people: dict[str, int], name: str) -> int:
    return max((n for other, n in people.items() if other != name), default=0)


def needed(rate: float) -> int:
    """People a group below which a ratio is noise.

    Of two equal groups one falls below .80 of the other by chance alone in more than one audit of
    twenty with fewer than about 160 people each at a rate of one half (scoring), and 1,450 at one
    tenth; the variance of a log ratio goes with (1 - p) / p, and so does this number.
    """
    if not 0 < rate < 1:
        return sys.maxsize  # everybody or nobody: nothing can be compared
    return math.ceil(round(_AT_HALF * (1 - rate) / rate, 6))


def detectable(rate: float, people: int, others: int) -> float | None:
    """The largest impact ratio below 1 that a group of this size would show in four audits of five.

    Normal approximation of a log ratio of two rates near `rate`, two-sided 5 %, power 80 %; None
    where nothing could be compared.
    """
    if not 0 < rate < 1 or not people or not others:
        return None
    spread = math.sqrt((1 - rate) / rate * (1 / people + 1 / others))
    return math.exp(-(_TWO_SIDED + _POWER) * spread)
