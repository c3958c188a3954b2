"""The three answers of a gate, as numbers that can be combined by taking the least."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FAIL, UNKNOWN, PASS = 0, 1, 2
WORDS = ("fail", "unknown", "pass")

Answers = NDArray[np.int8]


@dataclass(frozen=True, kw_only=True)
class Gate:
    """Answers (candidates,) of one gate, and what was compared with what for one candidate.

    The reason is written without words of any language where that can be ("nl B2 < C1").
    """

    answers: Answers
    reason: Callable[[int], str]


def passes(size: int) -> Gate:
    """The gate of a brief that sets no such condition."""
    return Gate(answers=np.full(size, PASS, np.int8), reason=lambda _: "")


def graded(ok: NDArray[np.bool_], near: NDArray[np.bool_], known: NDArray[np.bool_]) -> Answers:
    """Pass where `ok`, a question where `near` or not `known`, else fail."""
    answers = np.where(ok, PASS, np.where(near, UNKNOWN, FAIL))
    return np.where(known, answers, UNKNOWN).astype(np.int8)
