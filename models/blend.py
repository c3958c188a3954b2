"""Components times weights: the score of every pair, its rank, and who is too close to call."""

import hashlib
from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

from models.components import COMPONENTS
from models.context import Component
from models.gates.answers import FAIL, WORDS
from models.matching import Match, Matches

DECIMALS = 4
NOISE = 0.005
"""Standard deviation by which a score moves when sections change places or one line goes
(measured: evaluation/LOG.md)."""
BAND = 2 * NOISE
"""Scores this near the best of their band are level: 1.4 standard deviations of a difference."""


def blend(matches: Matches, weights: Mapping[str, Mapping[str, float]]) -> pl.DataFrame:
    """The longlist: the eligible candidates of every brief, best first.

    `weights`: of every brief, each component's weight, summing to 1 (`models.weights`). Scores are
    rounded before sorting, ties broken by a hash of the id. Columns as in the longlist schema.
    """
    ids = matches.ground.ids
    hashes = id_hashes(ids)
    parts = [
        _longlist(brief_id, one, weights[brief_id], ids, hashes)
        for brief_id, one in matches.by_brief.items()
    ]
    return pl.concat(parts)


def totals(
    components: Mapping[str, Component], weights: Mapping[str, float]
) -> NDArray[np.float64]:
    """Score of each candidate, to `DECIMALS`, from components rounded to as many."""
    rounded = {name: np.round(components[name], DECIMALS) for name in COMPONENTS}
    score = sum((weights[name] * rounded[name].astype(np.float64) for name in COMPONENTS), 0.0)
    return np.round(score, DECIMALS)


def eligible(one: Match) -> NDArray[np.bool_]:
    """The candidates (candidates,) whom no gate keeps off."""
    return np.asarray(np.min([gate.answers for gate in one.gates.values()], axis=0) > FAIL)


def id_hashes(ids: Sequence[str]) -> NDArray[np.str_]:
    """What orders candidates of equal score: nothing that anybody chose."""
    return np.array([hashlib.blake2b(name.encode(), digest_size=8).hexdigest() for name in ids])


def _longlist(
    brief_id: str,
    one: Match,
    weights: Mapping[str, float],
    ids: tuple[str, ...],
    hashes: NDArray[np.str_],
) -> pl.DataFrame:
    listed = np.flatnonzero(eligible(one))
    x = {name: np.round(one.components[name][listed], DECIMALS) for name in COMPONENTS}
    score = totals(x, weights)
    names = [ids[row] for row in listed]
    best = np.lexsort((hashes[listed], -score))
    coverage = np.round(one.context.coverage[listed[best]], DECIMALS)
    return pl.DataFrame(
        {
            "brief_id": [brief_id] * len(best),
            "candidate_id": [names[row] for row in best],
            "rank": np.arange(1, len(best) + 1, dtype=np.int32),
            "score": score[best],
            "band": bands(score[best]),
            **{f"x_{name}": values[best].astype(np.float32) for name, values in x.items()},
            **{f"w_{name}": np.full(len(best), weights[name], np.float32) for name in COMPONENTS},
            "requirement_coverage": pl.Series(coverage.tolist(), dtype=pl.List(pl.Float32)),
        }
    )


def bands(scores: NDArray[np.float64]) -> NDArray[np.int32]:
    """Number (from 1) of the tie band of each score, the scores falling.

    A band holds the scores within `BAND` of its first.
    """
    numbers = np.zeros(len(scores), np.int32)
    first, number = np.inf, 0
    for place, score in enumerate(scores):
        if first - score > BAND:
            first, number = score, number + 1
        numbers[place] = number
    return numbers


def gate_answers(matches: Matches, pairs: pl.DataFrame) -> pl.DataFrame:
    """Every gate's answer and reason for the wanted (brief_id, candidate_id) pairs."""
    rows = []
    for brief_id, candidate_id in pairs.select("brief_id", "candidate_id").iter_rows():
        place = matches.ground.places[candidate_id]
        for name, gate in matches.by_brief[brief_id].gates.items():
            answer = WORDS[int(gate.answers[place])]
            rows.append((brief_id, candidate_id, name, answer, gate.reason(place)))
    schema = ["brief_id", "candidate_id", "gate", "answer", "reason"]
    return pl.DataFrame(rows, schema=dict.fromkeys(schema, pl.String), orient="row")


def ineligible(matches: Matches) -> pl.DataFrame:
    """The failed gates of every brief: brief_id, candidate_id, gate, answer, reason."""
    rows = [
        (brief_id, matches.ground.ids[place], name, WORDS[FAIL], gate.reason(int(place)))
        for brief_id, one in matches.by_brief.items()
        for name, gate in one.gates.items()
        for place in np.flatnonzero(gate.answers == FAIL)
    ]
    schema = ["brief_id", "candidate_id", "gate", "answer", "reason"]
    return pl.DataFrame(rows, schema=dict.fromkeys(schema, pl.String), orient="row")
