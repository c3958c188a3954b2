"""Does retuning find the weights that made the past, and none where there was nothing to find.

`python -m evaluation.proofs.recovery` prints both tables.
"""

import argparse
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import numpy as np
import polars as pl

from data.agency.parameters import Market
from evaluation.proofs.agencies import NOISE, simulate, true_weights
from evaluation.retune.learn import best_strength, draws
from evaluation.retune.preferences import preferences
from evaluation.retune.ranker import PairwiseRanker, shares, unbound
from evaluation.retune.validation import forward

SIZES: Final = (200, 500, 2_000, 10_000)
_A_YEAR, _SPARE = 560, 1.35  # placements a year; leads that come to nothing as the pool is busy
_DRAWS: Final = 200
WORLDS: Final[Mapping[str, Market]] = {
    "adaptability counts": Market(),
    "adaptability means nothing": Market(outcome_adaptability=0.0),
}
STRAINS: Final[Mapping[str, Mapping[str, Any]]] = {
    "components read exactly": {"noise": 0.0},
    f"as by default, error {NOISE}": {},
    "error 0.10": {"noise": 0.10},
    "error 0.15": {"noise": 0.15},
    "recruiters see more than CVs tell": {"market": Market(outcome_impression=8.0)},
    "the same, selection not weighed": {"market": Market(outcome_impression=8.0), "clip": 0.0},
}
"""What makes it harder."""


def recovery(
    sizes: Sequence[int],
    *,
    count: int = _DRAWS,
    most: int = 10,
) -> pl.DataFrame:
    """How near the learnt weights come to the true ones, by size and by what is true.

    Each agency is played once for the largest size and cut into pasts of every size that share no
    brief, at most `most` of each; intervals are of `count` bootstrap draws.

    Returns:
        truth, placements, pasts; `start`, `alone`, `learnt`: mean absolute error, in shares of the
        total weight, of the equal weights that learning starts from, of the data alone, and of the
        learnt weights; `adaptability` (what the data alone say) beside `true`; the share of its
        intervals that lie above zero (`found`), hold zero, and hold the truth.
    """
    rows = []
    for truth, market in WORLDS.items():
        pairs = _played(1, max(sizes), market=market)
        for size in sizes:
            for past in list(pasts(pairs, size))[:most]:
                rows.append({"truth": truth, **_learnt(past, size, market, count)})
    return _summary(rows, "truth", "placements")


def strained() -> pl.DataFrame:
    """As `recovery`, at one size, where something makes it harder."""
    size = 2_000
    rows = []
    for strain, options in STRAINS.items():
        rest = dict(options)
        clip = rest.pop("clip", 1.0)
        for seed in (1, 2):
            market = rest.get("market", Market())
            for past in list(pasts(_played(seed, size, **rest), size))[:1]:
                rows.append({"strain": strain, **_learnt(past, size, market, _DRAWS, clip=clip)})
    return _summary(rows, "strain", "placements")


def pasts(pairs: pl.DataFrame, size: int) -> Iterator[pl.DataFrame]:
    """Stretches of a long past that hold so many placements of known outcome each."""
    known = pairs.group_by("received_at", "brief_id").agg(n=pl.col("success").count())
    counted = known.sort("received_at", "brief_id").with_columns(
        past=(pl.col("n").cum_sum() - 1).clip(0) // size
    )
    for number in range(int(known["n"].to_numpy().sum()) // size):
        inside = counted.filter(pl.col("past") == number)
        yield pairs.join(inside, on="brief_id", how="semi", maintain_order="left")


def _played(seed: int, size: int, **options: Any) -> pl.DataFrame:  # noqa: ANN401
    wanted = int(size * _SPARE) + min(size, _A_YEAR)  # the missions of the last year still run
    years = max(5.0, wanted / _A_YEAR)
    people = max(300, round(2 * wanted / years))
    return simulate(seed=seed, placements=wanted, years=years, candidates=people, **options).pairs


def _learnt(
    past: pl.DataFrame, size: int, market: Market, count: int, *, clip: float = 1.0
) -> dict[str, Any]:
    """Errors and the interval of adaptability on one past, from equal weights without bounds."""
    told = preferences(past, "outcome", clip=clip)
    start = dict.fromkeys(told.names, 1 / len(told.names))
    bounds = dict.fromkeys(told.names, (0.0, 1.0))
    folds = forward(past, "outcome", folds=4, clip=clip, seed=0)
    ranker = PairwiseRanker(start, bounds, best_strength(folds, start, bounds))
    ranker.fit(told.gain, told.weight)
    place = told.names.index("adaptability")
    theta = unbound(told.gain, told.weight)
    drawn = [
        shares(unbound(told.gain, weight, start=theta), told.names)[place]
        for weight in draws(told, count, 0)
    ]
    low, high = np.quantile(drawn, [0.025, 0.975])
    true = true_weights(market)
    wanted = np.array([true[name] for name in told.names])
    alone = shares(theta, told.names)
    learnt = np.array(list(ranker.weights_.values()))
    return {
        "placements": size,
        "start": float(np.abs(1 / len(wanted) - wanted).mean()),
        "alone": float(np.abs(alone - wanted).mean()),
        "learnt": float(np.abs(learnt - wanted).mean()),
        "true": true["adaptability"],
        "adaptability": float(alone[place]),
        "weighed": float(learnt[place]),
        "found": bool(low > 0),
        "holds_zero": bool(low <= 0 <= high),
        "holds_truth": bool(low <= true["adaptability"] <= high),
    }


def _summary(rows: Sequence[Mapping[str, Any]], *by: str) -> pl.DataFrame:
    table = pl.DataFrame(rows)
    means = [name for name in table.columns if name not in by]
    return table.group_by(by, maintain_order=True).agg(
        pl.len().alias("pasts"), pl.col(means).mean()
    )


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    sizes = parser.parse_args().sizes
    with pl.Config(tbl_rows=-1, tbl_cols=-1, tbl_width_chars=160, fmt_str_lengths=60):
        print(recovery(sizes), strained(), sep="\n")  # noqa: T201


if __name__ == "__main__":
    main()
