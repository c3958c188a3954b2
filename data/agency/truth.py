"""Writes down what is true in the simulated agency, for proofs; no night ever reads it."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from data.agency.briefs import Brief
from data.agency.fit import (
    PARTS,
    SAME_KIND,
    TIERS,
    Floats,
    Pool,
    adaptability,
    prospect,
    technical,
)
from data.agency.history import History
from data.agency.parameters import Market
from data.agency.people import Person
from data.schema.words import DIMENSIONS


def write_truth(
    folder: Path,
    pool: Pool,
    briefs: tuple[Sequence[Brief], Sequence[Brief]],
    history: History,
    told: list[dict[str, object]],
    market: Market,
) -> None:
    """Write the truth of all candidates and briefs; `briefs` are those of the past and the open.

    Tables: candidates, skills (candidate, topic), events (each sentence that tells or claims
    adaptability), briefs, pairs (all presented, and everybody for the open briefs), placements;
    and model.json with the models and their coefficients.
    """
    past, still_open = briefs
    everybody = np.arange(len(pool.people))
    rows = [
        (brief, np.array(history.presented.get(brief.brief_id, []), dtype=int)) for brief in past
    ]
    rows += [(brief, everybody) for brief in still_open]
    tables = {
        "candidates": pl.DataFrame([_latent(person) for person in pool.people]),
        "skills": pl.DataFrame(
            [
                {"candidate_id": person.candidate_id, "topic": topic, "skill": skill}
                for person in pool.people
                for topic, skill in person.skills.items()
            ]
        ),
        "events": pl.DataFrame(told),
        "briefs": pl.DataFrame([_meant(brief) for brief in (*past, *still_open)]),
        "pairs": pl.concat(
            [_pairs(pool, brief, market, found) for brief, found in rows if len(found)]
        ),
        "placements": pl.DataFrame(history.truths),
    }
    for name, table in tables.items():
        table.write_parquet(folder / f"{name}.parquet")
    text = json.dumps(_model(market), indent=1)
    (folder / "model.json").write_text(text + "\n", encoding="utf-8")


def _pairs(pool: Pool, brief: Brief, market: Market, rows: NDArray[np.int64]) -> pl.DataFrame:
    value = prospect(pool, brief, market)[rows]
    ids = [pool.people[row].candidate_id for row in rows.tolist()]

    def above(cut: float) -> Floats:
        chance: Floats = 1.0 / (1.0 + np.exp((cut - value) / market.outcome_noise))
        return chance * (1.0 - market.client_failure)

    return pl.DataFrame(
        {
            "brief_id": [brief.brief_id] * len(ids),
            "candidate_id": ids,
            "technical": technical(pool, brief)[rows],
            "adaptability": adaptability(pool, brief)[rows],
            "strength": [brief.strength] * len(ids),
            "prospect": value,
            "p_success": above(market.cut_early),
            "p_extended": above(market.cut_extended),
        }
    )


def _model(market: Market) -> dict[str, object]:
    return {
        "technical_fit": {"tiers": TIERS, "parts": PARTS, "tool_of_same_kind": SAME_KIND},
        "outcome": "y = technical * outcome_technical + strength * (adaptability - 0.5) * "
        "outcome_adaptability + communication * outcome_communication + impression * "
        "outcome_impression (what the recruiter saw beyond fit and style) + "
        "logistic(outcome_noise); early below cut_early, extended above cut_extended; "
        "before that, client_failure ends a mission whatever y",
        "choice": "utility of a candidate = choice_experience * shown technical fit + "
        "choice_availability * available + choice_attitude * communication + "
        "choice_industry * knows the sector + choice_fee * rate / highest rate + Gumbel; "
        "nobody has choice_nobody + Gumbel; the highest is chosen",
        "presentation": "each eligible candidate is presented independently with probability "
        "logistic(recruiter_sharpness * (perceived fit - threshold)), the threshold set so that "
        "shortlist_length are expected; propensity is that probability given a list that is "
        "not empty",
        "market": asdict(market),
    }


def _latent(person: Person) -> dict[str, object]:
    return {
        "candidate_id": person.candidate_id,
        "function": person.occupation.key,
        "second_function": person.second.key if person.second else None,
        "seniority": person.seniority,
        "style": person.style,
        "communication": person.communication,
        "cv_language": person.cv_language,
        **{f"adaptability_{name}": person.adaptability[name] for name in DIMENSIONS},
    }


def _meant(brief: Brief) -> dict[str, object]:
    return {
        "brief_id": brief.brief_id,
        "function": brief.occupation.key,
        "level": brief.level,
        "reason": brief.reason,
        "sector": brief.sector,
        "language": brief.language,
        "form": brief.form,
        "strength": brief.strength,
        **{f"demand_{name}": brief.demand[name] for name in DIMENSIONS},
    }
