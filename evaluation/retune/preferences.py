"""What the past preferred: which of two candidates was taken, which of two missions went better."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

import numpy as np
import polars as pl
from numpy.typing import NDArray

from evaluation.pairs import X, components
from evaluation.retune.selection import selection_weights

Floats: TypeAlias = NDArray[np.float64]

GROWS: Final = "adaptability"
"""The component whose weight grows with the demand of the brief, from half to one and a half."""
OBJECTIVES: Final[Mapping[str, tuple[str, ...]]] = {
    "placement": ("decisions",),
    "outcome": ("missions",),
    "blend": ("decisions", "missions"),
}
"""What each objective prefers by: what clients decided, how missions went, or both alike."""
_OPPONENTS: Final = 10  # missions that each mission is held against, drawn from those that differ
_SELECTED: Final = 2  # the highest grade that a decision gives


@dataclass(frozen=True, kw_only=True)
class Preferences:
    """One row a preference: `gain` is the better one's features less the worse one's.

    Features are the components in the order of `names`, then a control, which is fitted beside the
    weights but is none. `briefs` numbers the brief of the better and of the worse one, equal where
    they met in one brief. `known` is the day, from the epoch, on which the preference was known.
    """

    names: tuple[str, ...]
    gain: Floats  # (preferences, components + 1)
    weight: Floats  # summing to 1
    briefs: NDArray[np.int64]  # (preferences, 2)
    known: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.weight)

    @property
    def size(self) -> int:
        """Number of the briefs that tell something."""
        return len(np.unique(self.briefs))

    def known_before(self, day: int) -> "Preferences":
        """Those that were known before a day."""
        columns = ("gain", "weight", "briefs", "known")
        early = self.known < day
        return replace(self, **{name: getattr(self, name)[early] for name in columns})

    def drawn(self, times: Floats) -> Floats:
        """Weights when brief i counts `times[i]`: the way a bootstrap draws whole briefs."""
        better, worse = times[self.briefs[:, 0]], times[self.briefs[:, 1]]
        both = np.where(self.briefs[:, 0] == self.briefs[:, 1], better, better * worse)
        weight: Floats = self.weight * both
        return weight


def preferences(
    pairs: pl.DataFrame, objective: str, *, clip: float = 1.0, seed: int = 0
) -> Preferences:
    """The preferences that a table of `evaluation.pairs` holds for an objective.

    Decisions compare the presented of one brief: selected before interviewed before rejected; who
    withdrew says nothing. Missions compare placements of one function across briefs: extended or
    re-hired before completed before ended early; failures caused by the client and missions still
    running say nothing. Each is weighted against selection (`selection_weights`, at most `clip`).

    Raises:
        ValueError: the objective is unknown.
    """
    if objective not in OBJECTIVES:
        raise ValueError(f"An objective must be one of {', '.join(OBJECTIVES)}; got {objective!r}.")
    names = tuple(components(pairs))
    shown = pairs.with_columns(
        _brief=pl.col("brief_id").rank("dense").cast(pl.Int64) - 1,
        _selection=selection_weights(pairs, clip),
    ).filter("presented")
    return pooled([_rows(_KINDS[kind](shown, seed), names) for kind in OBJECTIVES[objective]])


def pooled(parts: Sequence[Preferences]) -> Preferences:
    """Preferences of several kinds as one, each kind with the same say."""
    filled = [part for part in parts if len(part)] or list(parts[:1])
    weights = [part.weight / max(part.weight.sum(), 1e-300) / len(filled) for part in filled]
    return Preferences(
        names=parts[0].names,
        gain=np.concatenate([part.gain for part in filled]),
        weight=np.concatenate(weights),
        briefs=np.concatenate([part.briefs for part in filled]),
        known=np.concatenate([part.known for part in filled]),
    )


def features(table: pl.DataFrame, names: Sequence[str], *, suffix: str = "") -> Floats:
    """Components as the weights see them, then the demand as a control: (rows, names + 1).

    Missions of demanding briefs may go worse whoever does them; without the control that would be
    laid on adaptability, which weighs more where demand is high.
    """
    demand = table[f"demand{suffix}"].to_numpy().astype(np.float64)
    columns = [table[f"{X}{name}{suffix}"].to_numpy().astype(np.float64) for name in names]
    grown = [
        column * (0.5 + demand) if name == GROWS else column
        for name, column in zip(names, columns, strict=True)
    ]
    return np.column_stack([*grown, demand])


def _decisions(shown: pl.DataFrame, seed: int) -> pl.DataFrame:
    """Every two presented of one brief whose decisions differ; `_b` of the worse one."""
    told = shown.filter(
        pl.col("grade").is_not_null(), pl.col("decision").ne_missing(pl.lit("withdrawn"))
    ).with_columns(level=pl.col("grade").clip(0, _SELECTED), known_on="decided_on")
    beside = told.select(pl.all().name.suffix("_b"))
    return told.join(
        beside, left_on="_brief", right_on="_brief_b", coalesce=False, maintain_order="left_right"
    ).filter(pl.col("level") > pl.col("level_b"))


def _missions(shown: pl.DataFrame, seed: int) -> pl.DataFrame:
    """Each mission beside a few of the same function that went otherwise, drawn by the seed."""
    done = (
        shown.filter(pl.col("success").is_not_null())
        .with_columns(
            level=pl.when("success").then(pl.col("grade")).otherwise(0), known_on="ended_on"
        )
        .sort("brief_id", "candidate_id")
    )
    level, function = done["level"].to_numpy(), done["function"].fill_null("").rank("dense")
    rng = np.random.default_rng(seed)
    couples: set[tuple[int, int]] = set()
    for name in range(1, int(function.to_numpy().max(initial=0)) + 1):
        rows = np.flatnonzero(function.to_numpy() == name)
        for row in rows.tolist():
            others = rows[level[rows] != level[row]]
            drawn = rng.choice(others, min(_OPPONENTS, len(others)), replace=False)
            couples.update((row, o) if level[row] > level[o] else (o, row) for o in drawn.tolist())
    better, worse = np.array(sorted(couples), dtype=np.int64).reshape(-1, 2).T
    return pl.concat(
        [done[better], done[worse].select(pl.all().name.suffix("_b"))], how="horizontal"
    )


_KINDS: Final[Mapping[str, Callable[[pl.DataFrame, int], pl.DataFrame]]] = {
    "decisions": _decisions,
    "missions": _missions,
}


def _rows(both: pl.DataFrame, names: tuple[str, ...]) -> Preferences:
    known = pl.max_horizontal("known_on", "known_on_b").cast(pl.Int32).cast(pl.Int64)
    return Preferences(
        names=names,
        gain=features(both, names) - features(both, names, suffix="_b"),
        weight=(both["_selection"] * both["_selection_b"]).to_numpy().astype(np.float64),
        briefs=both.select("_brief", "_brief_b").to_numpy(),
        known=both.select(known.fill_null(np.iinfo(np.int32).max)).to_series().to_numpy(),
    )
