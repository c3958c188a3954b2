"""Simulated agencies as the table that learning works on, with the truth beside every pair."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
import polars as pl
from numpy.typing import NDArray

from data.agency.briefs import Brief
from data.agency.fit import PARTS, adaptability, prospect, technical_parts
from data.agency.history import utilities
from data.agency.parameters import Market
from data.agency.past import Past, play_past
from data.schema.words import PAIR
from evaluation.labels import outcome_labels

Floats: TypeAlias = NDArray[np.float64]

NOISE: Final = 0.05
"""Standard deviation of the error with which every component reads the truth, by default."""
IRRELEVANT: Final = ("title", "stretch", "languages", "logistics", "track_record")
"""Components that mean nothing in this world: whoever weighs them has learnt noise."""
COMPONENTS: Final = ("technical", "seniority", "sector", "adaptability", "communication")


@dataclass(frozen=True, kw_only=True)
class Simulated:
    """One agency: `pairs` as in `evaluation.pairs`, and row by row what nobody sees.

    `prospect` is the systematic part of the outcome; `utility` what the client sees in the
    candidate, but for chance; `market` says how chance enters both.
    """

    pairs: pl.DataFrame
    prospect: Floats
    utility: Floats
    market: Market


def simulate(
    *,
    seed: int,
    placements: int,
    years: float,
    candidates: int,
    market: Market | None = None,
    noise: float = NOISE,
) -> Simulated:
    """Play an agency with about so many placements; one row a (brief, available candidate).

    Each component is its part of the truth plus a normal error of s.d. `noise`, cut to [0, 1]; the
    irrelevant ones are uniform.
    """
    past = play_past(
        candidates=candidates,
        history_years=years,
        placements_a_year=placements / years,
        seed=seed,
        market=market,
    )
    considered = [b for b in past.briefs if b.brief_id in past.history.considered]
    parts = [_of_brief(past, brief) for brief in considered]
    seen = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    rng = np.random.default_rng([seed, 20])
    size = len(seen["chance"])
    x = {
        name: np.clip(seen[name] + rng.normal(0.0, noise, size), 0.0, 1.0) for name in COMPONENTS
    } | {name: rng.random(size) for name in IRRELEVANT}
    pairs = _keys(past, considered).with_columns(
        pl.Series("chance", seen["chance"]),
        *[pl.Series(f"x_{name}", values, dtype=pl.Float32) for name, values in x.items()],
    )
    return Simulated(
        pairs=_labelled(pairs, past),
        prospect=seen["prospect"],
        utility=seen["utility"],
        market=past.world.market,
    )


def true_weights(market: Market) -> dict[str, float]:
    """The weights behind the outcomes at the usual demand, as shares of their total.

    The outcome model weighs adaptability by the strength of a brief's demand; what is usual is the
    mean over the mission mix, and `demand` in the pairs is relative to it.
    """
    raw = {
        "technical": market.outcome_technical * PARTS["coverage"],
        "seniority": market.outcome_technical * PARTS["seniority"],
        "sector": market.outcome_technical * PARTS["sector"],
        "adaptability": market.outcome_adaptability * usual_strength(market),
        "communication": market.outcome_communication,
        **dict.fromkeys(IRRELEVANT, 0.0),
    }
    total = sum(raw.values())
    return {name: value / total for name, value in raw.items()}


def usual_strength(market: Market) -> float:
    """The mean strength of the demand over the mission mix."""
    strengths = {reason: np.mean(levels) for reason, levels in market.demand.items()}
    total = sum(market.reasons.values())
    return float(sum(share * strengths[reason] for reason, share in market.reasons.items()) / total)


def _keys(past: Past, briefs: Sequence[Brief]) -> pl.DataFrame:
    """Who was considered for which brief, and what is known of the brief."""
    of_brief = pl.DataFrame(
        {
            "brief_id": [brief.brief_id for brief in briefs],
            "received_at": [brief.received for brief in briefs],
            "function": [brief.occupation.key for brief in briefs],
            "reason": [brief.reason for brief in briefs],
            "demand": [brief.strength for brief in briefs],
            "row": [past.history.considered[brief.brief_id].rows for brief in briefs],
        }
    ).with_columns(demand=(pl.col("demand") / usual_strength(past.world.market) - 0.5).clip(0, 1))
    names = np.array([person.candidate_id for person in past.pool.people])
    each = of_brief.explode("row", empty_as_null=False)
    return each.with_columns(candidate_id=pl.Series(names[each["row"].to_numpy()])).drop("row")


def _of_brief(past: Past, brief: Brief) -> dict[str, Floats]:
    """The true components of everybody who could have been presented."""
    pool, market = past.pool, past.world.market
    considered = past.history.considered[brief.brief_id]
    rows = considered.rows
    parts = technical_parts(pool, brief)
    by_now = utilities(pool, brief, rows, np.zeros(len(rows)), market)
    return {
        "chance": considered.propensity,
        "technical": parts["coverage"][rows],
        "seniority": parts["seniority"][rows],
        "sector": parts["sector"][rows],
        "adaptability": adaptability(pool, brief)[rows],
        "communication": pool.communication[rows],
        "prospect": prospect(pool, brief, market)[rows],
        "utility": sum(by_now.values(), np.zeros(len(rows))),
    }


def _labelled(pairs: pl.DataFrame, past: Past) -> pl.DataFrame:
    """What the agency knows of each pair; the others were never presented.

    `chance` stands for everybody, `propensity` as in a real log for the presented alone.
    """
    history = past.history
    labels = outcome_labels(
        pl.DataFrame(history.presentations, infer_schema_length=None).with_columns(
            decided_at=pl.lit(None, pl.Date)
        ),
        pl.DataFrame(history.placements, infer_schema_length=None),
    )
    both = pairs.join(labels, on=PAIR, how="left", maintain_order="left")
    return both.with_columns(
        pl.col("presented", "client_caused").fill_null(value=False), as_of="received_at"
    )
