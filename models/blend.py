"""Components times weights: the score of every pair, its rank, and who is too close to call."""

import hashlib
from collections.abc import Callable, Mapping
from functools import lru_cache

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
_GATES = dict.fromkeys(["brief_id", "candidate_id", "gate", "answer", "reason"], pl.String)


def blend(
    matches: Matches,
    weights: Mapping[str, Mapping[str, float]],
    done: Callable[[int], None] = lambda briefs: None,
) -> pl.DataFrame:
    """The longlist: the eligible candidates of every brief, best first.

    `weights`: of every brief, each component's weight, summing to 1 (`models.weights`). Scores are
    rounded before sorting, ties broken by a hash of the id. Columns as in the longlist schema.
    """
    ids, hashes = matches.ground.candidates["candidate_id"], id_hashes(matches.ground.ids)
    parts = []
    for brief_id, one in matches.by_brief.items():
        parts.append(_longlist(brief_id, one, weights[brief_id], ids, hashes))
        done(1)
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


@lru_cache(maxsize=1)
def id_hashes(ids: tuple[str, ...]) -> NDArray[np.uint64]:
    """What orders candidates of equal score: nothing that anybody chose."""
    digests = b"".join(hashlib.blake2b(name.encode(), digest_size=8).digest() for name in ids)
    return np.frombuffer(digests, ">u8").astype(np.uint64)


def _longlist(
    brief_id: str,
    one: Match,
    weights: Mapping[str, float],
    ids: pl.Series,
    hashes: NDArray[np.uint64],
) -> pl.DataFrame:
    listed = np.flatnonzero(eligible(one))
    x = {name: np.round(one.components[name][listed], DECIMALS) for name in COMPONENTS}
    score = totals(x, weights)
    best = np.lexsort((hashes[listed], -score))
    coverage = np.round(one.context.coverage[listed[best]], DECIMALS)
    return pl.DataFrame(
        {
            "brief_id": pl.repeat(brief_id, len(best), dtype=pl.String, eager=True),
            "candidate_id": ids.gather(listed[best]),
            "rank": np.arange(1, len(best) + 1, dtype=np.int32),
            "score": score[best],
            "band": bands(score[best]),
            **{f"x_{name}": values[best].astype(np.float32) for name, values in x.items()},
            **{f"w_{name}": np.full(len(best), weights[name], np.float32) for name in COMPONENTS},
            "requirement_coverage": pl.Series(coverage).cast(pl.List(pl.Float32)),
        }
    )


def bands(scores: NDArray[np.float64]) -> NDArray[np.int32]:
    """Number (from 1) of the tie band of each score, the scores falling.

    A band holds the scores within `BAND` of its first.
    """
    firsts = np.zeros(len(scores), np.int32)  # 1 where a band begins
    first = 0
    while first < len(scores):
        firsts[first] = 1
        within = int(np.count_nonzero(scores[first] - scores[first:] <= BAND))
        first += max(1, within)
    return np.cumsum(firsts, dtype=np.int32)


def gate_answers(matches: Matches, pairs: pl.DataFrame) -> pl.DataFrame:
    """Every gate's answer and reason for the wanted (brief_id, candidate_id) pairs."""
    rows = []
    for brief_id, candidate_id in pairs.select("brief_id", "candidate_id").iter_rows():
        place = matches.ground.places[candidate_id]
        for name, gate in matches.by_brief[brief_id].gates.items():
            answer = WORDS[int(gate.answers[place])]
            rows.append((brief_id, candidate_id, name, answer, gate.reason(place)))
    return pl.DataFrame(rows, schema=_GATES, orient="row")


def ineligible(matches: Matches) -> pl.DataFrame:
    """The failed gates of every brief: brief_id, candidate_id, gate, answer, reason."""
    parts = [pl.DataFrame(schema=_GATES)]
    for brief_id, one in matches.by_brief.items():
        for name, gate in one.gates.items():
            failed = np.flatnonzero(gate.answers == FAIL)
            reasons = [gate.reason(place) for place in failed.tolist()]
            parts.append(
                pl.select(
                    brief_id=pl.repeat(brief_id, len(failed), dtype=pl.String),
                    candidate_id=matches.ground.candidates["candidate_id"].gather(failed),
                    gate=pl.lit(name),
                    answer=pl.lit(WORDS[FAIL]),
                    reason=pl.Series(reasons, dtype=pl.String),
                )
            )
    return pl.concat(parts)
