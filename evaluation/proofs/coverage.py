"""Do the off-policy estimators find the truth, and do their intervals hold it as often as they say.

`python -m evaluation.proofs.coverage` plays 200 agencies and prints the table.
"""

import argparse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import polars as pl
from scipy.special import expit

from data.agency.history import LATE, ON_TIME
from evaluation.off_policy import (
    Floats,
    Log,
    doubly_robust,
    read_that_far,
    snips,
)
from evaluation.pairs import X
from evaluation.presentations import log_of, target_of
from evaluation.proofs.agencies import Simulated, simulate

PLACEMENTS, YEARS, CANDIDATES = 120, 4.0, 300
_COMPANIES: Final = 100  # lists drawn to tell how a candidate fares in the logger's company
_FADING: Final = tuple(0.85**place for place in range(8))


@dataclass(frozen=True, kw_only=True)
class Case:
    """A question put to the estimators: the weights proposed, the reward, and what is awry.

    `reading`: how far clients read; `told`: how far the estimators believe that they do.
    `hidden`: the share of the eligible who could not be shown, which nobody logged.
    """

    name: str
    weights: Mapping[str, float]
    reward: str = "selected"
    reading: tuple[float, ...] = (1.0,)
    told: tuple[float, ...] = (1.0,)
    hidden: float = 0.0


_NEAR: Final = {"technical": 0.63, "adaptability": 0.16, "seniority": 0.11, "communication": 0.1}
_ADAPTABLE: Final = {"technical": 0.4, "adaptability": 0.35, "communication": 0.25}
_FAR: Final = {"adaptability": 0.5, "communication": 0.5}
CASES: Final = (
    Case(name="near the recruiters, selected", weights=_NEAR),
    Case(name="near the recruiters, success", weights=_NEAR, reward="success"),
    Case(name="more adaptability, selected", weights=_ADAPTABLE),
    Case(name="more adaptability, success", weights=_ADAPTABLE, reward="success"),
    Case(name="no technical fit, selected", weights=_FAR),
    Case(name="40 % could not be shown, unlogged", weights=_ADAPTABLE, hidden=0.4),
    Case(name="clients stop reading, told", weights=_ADAPTABLE, reading=_FADING, told=_FADING),
)
MISTAKEN: Final = (
    Case(name="clients stop reading, not told", weights=_ADAPTABLE, reading=_FADING),
)
"""A case outside what the estimators assume, shown beside the others for contrast."""


def coverage(
    agencies: int, cases: Sequence[Case] = CASES + MISTAKEN, *, first_seed: int = 1
) -> pl.DataFrame:
    """Bias and interval coverage of each case and estimator.

    The truth of an agency is the value over the briefs it had, the clients' choices and the
    recruiters' lists drawn ever anew.

    Returns:
        case, estimator, truth, bias, spread (s.d. of the errors), coverage, ess (median),
        estimable: means over the agencies.
    """
    rows = [
        {"case": case.name, **row}
        for seed in range(first_seed, first_seed + agencies)
        for case, row in _answers(seed, cases)
    ]
    error = pl.col("value") - pl.col("truth")
    return (
        pl.DataFrame(rows, infer_schema_length=None)
        .group_by("case", "estimator", maintain_order=True)
        .agg(
            pl.col("truth").mean(),
            bias=error.mean(),
            spread=error.std(),
            coverage=pl.col("truth").is_between(pl.col("low"), pl.col("high")).mean(),
            ess=pl.col("ess").median(),
            estimable=pl.col("value").is_not_null().mean(),
        )
    )


def _answers(seed: int, cases: Sequence[Case]) -> Iterator[tuple[Case, dict[str, object]]]:
    agency = simulate(seed=seed, placements=PLACEMENTS, years=YEARS, candidates=CANDIDATES)
    chosen = chosen_if_shown(agency, np.random.default_rng([seed, 1]))
    for number, case in enumerate(cases):
        rng = np.random.default_rng([seed, 2, number])
        pairs, merit = _world(agency, chosen, case, rng)
        parts = [pl.col(X + name) * weight for name, weight in case.weights.items()]
        pairs = pairs.with_columns(score=pl.sum_horizontal(parts).cast(pl.Float64))
        log, target = _thinned(log_of(pairs, case.reward), case, rng), target_of(pairs)
        read = _read(pairs, target, case.reading)
        could = merit >= 0
        truth = float((target * read * merit)[could].sum() / target[could].sum())
        told = None if case.told == (1.0,) else _read(pairs, target, case.told)
        for estimator in (snips, doubly_robust):
            found = estimator(log, target, target_reading=told, reading=case.told)
            kept = ("estimator", "value", "low", "high", "ess")
            yield case, {"truth": truth, **{name: getattr(found, name) for name in kept}}


def chosen_if_shown(agency: Simulated, rng: np.random.Generator) -> Floats:
    """Probability that each candidate is taken once shown, in the company of the recruiter's lists.

    Clients choose by a multinomial logit; who else is on the list, and who can start on the day,
    is drawn.
    """
    market, chance = agency.market, agency.pairs["chance"].to_numpy()
    edges = np.flatnonzero(agency.pairs["brief_id"].rle_id().diff().fill_null(1).to_numpy())
    result = np.zeros(len(chance))
    for start, end in zip(edges, [*edges[1:], len(chance)], strict=True):
        shape = (_COMPANIES, end - start)
        on_time = np.where(rng.random(shape) < ON_TIME, 1.0, LATE)
        pull = np.exp(agency.utility[start:end] + market.choice_availability * on_time)
        company = pull * (rng.random(shape) < _unconditional(chance[start:end]))
        others = company.sum(axis=1, keepdims=True) - company
        result[start:end] = (pull / (pull + others + np.exp(market.choice_nobody))).mean(axis=0)
    return result


def _unconditional(chance: Floats) -> Floats:
    """Chances to be drawn, from those given a list that is not empty."""
    anybody = 1.0
    for _ in range(20):
        anybody = 1.0 - float(np.prod(1.0 - anybody * chance))
    result: Floats = anybody * chance
    return result


def _world(
    agency: Simulated, chosen: Floats, case: Case, rng: np.random.Generator
) -> tuple[pl.DataFrame, Floats]:
    """The pairs of a case, and the expected reward of showing each; -1 who could not be shown."""
    went_well = expit((agency.prospect - agency.market.cut_early) / agency.market.outcome_noise)
    merit = chosen * went_well if case.reward == "success" else chosen
    if not case.hidden:
        return agency.pairs, merit
    again = rng.random(len(merit)) < case.hidden / (1.0 - case.hidden)
    ghosts = agency.pairs.filter(pl.Series(again)).with_columns(
        pl.lit(value=False).alias("presented"), pl.lit(None).cast(pl.Float64).alias("propensity")
    )
    return pl.concat([agency.pairs, ghosts]), np.concatenate([merit, np.full(again.sum(), -1.0)])


def _thinned(log: Log, case: Case, rng: np.random.Generator) -> Log:
    """The log of clients who read no further than they do."""
    place = np.minimum(log.place.astype(np.int64), len(case.reading)) - 1
    read = rng.random(len(place)) < np.asarray(case.reading)[place]
    return replace(log, reward=log.reward * read)


def _read(pairs: pl.DataFrame, target: Floats, reading: tuple[float, ...]) -> Floats:
    read = np.ones(len(target))
    rows = pairs.select("brief_id", "score", row=pl.int_range(pl.len()))
    if len(reading) > 1:
        for _, part in rows.group_by("brief_id"):
            own = part["row"].to_numpy()
            read[own] = read_that_far(part["score"].to_numpy(), target[own], reading)
    return read


def main() -> None:
    """Print the table of 200 agencies, or of as many as are asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--agencies", type=int, default=200)
    table = coverage(parser.parse_args().agencies)
    with pl.Config(tbl_rows=-1, tbl_cols=-1, tbl_width_chars=140, fmt_str_lengths=60):
        print(table)  # noqa: T201


if __name__ == "__main__":
    main()
