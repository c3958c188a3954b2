"""What other weights would do, for the tuning app: tonight's shortlists and past outcomes."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from data.schema.words import PAIR
from evaluation.measures import mean_and_interval
from evaluation.pairs import W, X, components, rescore
from evaluation.promotion import pairs_hash, per_brief

SEEN = 0.7  # share of the past briefs, the earliest, that tuning may look at; the rest judges it
_ADAPTABILITY = "adaptability"
_STEPS = 9  # of the trade-off
FREE = "technical"  # takes what the other weights leave


@dataclass(frozen=True, kw_only=True)
class World:
    """What the tuning app works on, all of one runs folder.

    `longlist` and `briefs` are the published night's. `pairs` holds the earliest past briefs whose
    presented candidates were decided on, `SEEN` of them; null where no backtest was made.
    """

    champion_id: str
    champion: Mapping[str, float]
    bounds: Mapping[str, tuple[float, float]]
    longlist: pl.DataFrame
    briefs: pl.DataFrame
    top: int
    inbox: str
    pairs: pl.DataFrame | None = None
    pairs_sha256: str = ""


def read_world(runs: Path) -> World:
    """Read the published night of a runs folder, and its last backtest.

    Raises:
        FileNotFoundError: nothing has been published there.
    """
    night = runs / "current"
    manifest = json.loads((night / "manifest.json").read_text(encoding="utf-8"))
    weights = manifest["weights"]
    longlist = pl.read_parquet(night / "longlist.parquet")
    briefs = pl.read_parquet(night / "explain" / "briefs.parquet")
    inputs = json.dumps(manifest["inputs"], sort_keys=True).encode()
    backtests = sorted(runs.glob("backtest/*/pairs.parquet"), key=lambda path: path.stat().st_mtime)
    pairs = pl.read_parquet(backtests[-1]) if backtests else None
    return World(
        champion_id=weights["weights_id"],
        champion={name: weights["weights"][name] for name in components(longlist)},
        bounds={name: tuple(weights["bounds"][name]) for name in components(longlist)},
        longlist=longlist.with_columns(received_at=pl.lit(date.fromisoformat(manifest["as_of"]))),
        briefs=briefs.unique("brief_id", keep="last", maintain_order=True),
        top=manifest["settings"]["shortlist"]["top"],
        inbox=hashlib.sha256(inputs).hexdigest(),
        pairs=None if pairs is None else earliest(pairs, SEEN),
        pairs_sha256="" if pairs is None else pairs_hash(pairs),
    )


def earliest(pairs: pl.DataFrame, share: float) -> pl.DataFrame:
    """The presented and decided candidates of the earliest `share` of the briefs."""
    judged = pairs.filter(pl.col("grade").is_not_null())
    days = judged.unique("brief_id")["received_at"].sort()
    if days.is_empty():
        return judged
    last = days[max(int(len(days) * share) - 1, 0)]
    return judged.filter(pl.col("received_at") <= last)


def completed(sliders: Mapping[str, float]) -> dict[str, float]:
    """Weights that sum to 1: the technical one takes what the others leave, at least 0."""
    others = {name: float(value) for name, value in sliders.items() if name != FREE}
    left = max(1 - sum(others.values()), 0.0)
    total = left + sum(others.values())
    return {name: value / total for name, value in {FREE: left, **others}.items()}


def outside(weights: Mapping[str, float], bounds: Mapping[str, tuple[float, float]]) -> list[str]:
    """The weights that leave the envelope, each as a sentence."""
    return [
        f"{name} would be {weights[name]:.2f}, outside {low:.2f} to {high:.2f}"
        for name, (low, high) in bounds.items()
        if not low - 1e-9 <= weights[name] <= high + 1e-9
    ]


def reweighed(table: pl.DataFrame, world: World, weights: Mapping[str, float]) -> pl.DataFrame:
    """A longlist or pairs under other weights, ranked anew.

    The weight of adaptability follows the demand of each brief as much as it did under the
    weights in the table, within its bounds; the others share what is left. Past pairs carry the
    demand itself; of a night's longlist it is told by the weight that it gave to the brief.
    """
    low, high = world.bounds[_ADAPTABILITY]
    if "demand" in table.columns:
        follows = 0.5 + pl.col("demand")
    else:
        follows = pl.col(W + _ADAPTABILITY) / max(world.champion[_ADAPTABILITY], 1e-9)
    grown = (weights[_ADAPTABILITY] * follows).clip(low, high)
    rest = max(1 - weights[_ADAPTABILITY], 1e-9)
    columns = {
        W + name: grown if name == _ADAPTABILITY else (1 - grown) * (weight / rest)
        for name, weight in weights.items()
    }
    return rescore(table.with_columns(**columns))


def movements(world: World, weights: Mapping[str, float]) -> pl.DataFrame:
    """Who enters and who leaves each shortlist of tonight.

    A brief that sets weights of its own keeps its shortlist.

    Returns:
        brief_id, title, enters, leaves (lists of ids), one row a brief.
    """
    free = world.briefs.filter(pl.col("weights").is_null())["brief_id"].implode()
    longlist = world.longlist.filter(pl.col("brief_id").is_in(free))
    after = reweighed(longlist, world, weights).select(*PAIR, after="rank")
    both = longlist.select(*PAIR, before="rank").join(after, on=PAIR)
    was, becomes = pl.col("before") <= world.top, pl.col("after") <= world.top
    ids = pl.col("candidate_id")
    moved = both.group_by("brief_id").agg(
        enters=ids.filter(becomes & ~was).sort_by(pl.col("after").filter(becomes & ~was)),
        leaves=ids.filter(was & ~becomes).sort_by(pl.col("before").filter(was & ~becomes)),
    )
    titles = world.briefs.select("brief_id", "title")
    nobody = pl.lit([], dtype=pl.List(pl.String))
    return (
        titles.join(moved, on="brief_id", how="left")
        .with_columns(pl.col("enters", "leaves").fill_null(nobody))
        .sort("brief_id")
    )


def ranking(world: World, brief_id: str, weights: Mapping[str, float]) -> pl.DataFrame:
    """The shortlist of one brief under other weights, with the ranks of tonight.

    Returns:
        rank, tonight, candidate_id, score and what each component adds to it (w·x), the component
        with the largest weight first.
    """
    own = world.longlist.filter(pl.col("brief_id") == brief_id)
    after = reweighed(own, world, weights).join(
        own.select("candidate_id", tonight="rank"), on="candidate_id", maintain_order="left"
    )
    parts = [
        (pl.col(W + name) * pl.col(X + name).cast(pl.Float64)).round(3).cast(pl.Float64).alias(name)
        for name in sorted(weights, key=lambda name: -weights[name])
    ]
    shown = after.filter(pl.col("rank") <= world.top)
    return shown.select("rank", "tonight", "candidate_id", pl.col("score").round(3), *parts)


def trade_off(world: World, weights: Mapping[str, float]) -> pl.DataFrame:
    """Outcomes along the envelope of adaptability, the technical weight making room for it.

    Past briefs only (`World.pairs`). `technical` and `adaptability` are means of the components
    over the candidates ranked first among the presented; `success` is the share of them, of those
    placed, that completed or did better.

    Returns:
        weight, ndcg (@10), low, high (95 % bootstrap over briefs), technical, adaptability,
        success; empty where no past is known.
    """
    names = ["weight", "ndcg", "low", "high", "technical", _ADAPTABILITY, "success"]
    if world.pairs is None or world.pairs.is_empty():
        return pl.DataFrame(schema=dict.fromkeys(names, pl.Float64))
    low, high = world.bounds[_ADAPTABILITY]
    others = 1 - weights[_ADAPTABILITY] - weights[FREE]
    rows = []
    for weight in np.linspace(low, min(high, 1 - others), _STEPS):
        tried = {**weights, _ADAPTABILITY: float(weight), FREE: 1 - others - float(weight)}
        ranked = reweighed(world.pairs, world, tried)
        first = ranked.filter(pl.col("rank") == 1)
        gains = per_brief(ranked, "ndcg@10")["ndcg@10"].to_list()
        means = [first[f"{X}{name}"].mean() for name in ("technical", _ADAPTABILITY)]
        outcome = mean_and_interval(gains) if gains else (None, None, None)
        rows.append((float(weight), *outcome, *means, first["success"].mean()))
    return pl.DataFrame(rows, schema=dict.fromkeys(names, pl.Float64), orient="row")


def at(outcomes: pl.DataFrame, weight: float) -> dict[str, float]:
    """The columns of a trade-off at a weight of adaptability, linear between its steps."""
    known = outcomes["weight"].to_numpy()
    return {
        name: float(np.interp(weight, known, outcomes[name].cast(pl.Float64).to_numpy()))
        for name in outcomes.columns
    }


def write_draft(runs: Path, world: World, weights_id: str, weights: Mapping[str, float]) -> Path:
    """Write weights for `briefmatch weights add`, with the briefs that their author could see.

    Raises:
        ValueError: the id is no plain name of a file.
    """
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", weights_id):
        raise ValueError(f"An id of weights must be a plain name of a file, got {weights_id!r}.")
    past = world.pairs
    seen = past["received_at"].max() if past is not None and past.height else None
    file = {
        "weights_id": weights_id,
        "promoted": "",
        "weights": dict(weights),
        "bounds": dict(world.bounds),
        "fitted": {
            "method": "set by hand in the tuner",
            "inbox": world.inbox,
            "pairs": world.pairs_sha256,
            "until": str(seen or world.longlist["received_at"].max()),
            "briefs": 0 if past is None else past["brief_id"].n_unique(),
        },
    }
    path = runs / "registry" / "drafts" / f"{weights_id}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(file, indent=2) + "\n", encoding="utf-8")
    return path
