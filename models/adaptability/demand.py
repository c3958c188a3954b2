"""Read from a brief how much each dimension of adaptability matters, and by which words."""

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final, TypeAlias

import polars as pl

from data.schema.words import DIMENSIONS
from data.text.clean import fold

_TABLE = Path(__file__).with_name("demand.json")
_FIELDS: Final = (
    "title", "objectives", "must_have", "should_have", "nice_to_have", "description",
)  # fmt: skip
_PER_CUE: Final = 0.12
_MOST_CUES: Final = 4
_STEM: Final = 7
"""Characters: words that share so many are one cue."""
_CALM: Final = 0.75
"""Each distinct sign of routine, up to two, takes a quarter off what the words ask for."""
MEDIUM: Final = 0.25
HIGH: Final = 0.56
"""Overall demand from which a brief counts as of medium and of high demand."""

Found: TypeAlias = dict[str, str]  # matched words, folded → where they stand


@dataclass(frozen=True, kw_only=True)
class _Cues:
    reasons: dict[str, dict[str, float]]
    dimensions: dict[str, re.Pattern[str]]
    calm: re.Pattern[str]


def read_demand(briefs: pl.DataFrame) -> pl.DataFrame:
    """Return brief_id, dimension, demand in [0, 1] and why: one row a brief and dimension.

    The reason of the brief sets the start; each distinct cue of its words, in four languages,
    adds to its dimension; signs of routine (leave cover, a settled team) take away. `why` quotes
    the cues. Only brief_id must be there; what else is known is used.
    """
    rows = [
        {"brief_id": brief["brief_id"], "dimension": dimension, "demand": demand, "why": why}
        for brief in briefs.iter_rows(named=True)
        for dimension, demand, why in _demands(brief)
    ]
    schema = {"brief_id": pl.String, "dimension": pl.String, "demand": pl.Float64, "why": pl.String}
    return pl.DataFrame(rows, schema=schema)


def overall_demand(demand: pl.DataFrame) -> pl.DataFrame:
    """Return brief_id, demand (mean of its three highest dimensions) and level low|medium|high."""
    overall = pl.col("demand").top_k(3).mean().round(6)
    return (
        demand.group_by("brief_id", maintain_order=True)
        .agg(overall)
        .with_columns(
            level=pl.when(pl.col("demand") >= HIGH)
            .then(pl.lit("high"))
            .when(pl.col("demand") >= MEDIUM)
            .then(pl.lit("medium"))
            .otherwise(pl.lit("low"))
        )
    )


def _demands(brief: dict[str, object]) -> list[tuple[str, float, str]]:
    cues = _cues()
    texts = {field: _text(brief.get(field)) for field in _FIELDS}
    reason = str(brief.get("reason") or "unknown")
    start = cues.reasons.get(reason, cues.reasons["unknown"])
    calm = _find(cues.calm, texts)
    damping = _CALM ** min(len(calm), 2)
    answers = []
    for dimension in DIMENSIONS:
        found = _find(cues.dimensions[dimension], texts)
        demand = (start[dimension] + _PER_CUE * min(len(found), _MOST_CUES)) * damping
        answers.append((dimension, round(min(demand, 1.0), 4), _why(reason, found, calm)))
    return answers


def _text(value: object) -> str:
    if isinstance(value, list):
        return "\n".join(str(item) for item in value)
    return str(value or "")


def _find(pattern: re.Pattern[str], texts: dict[str, str]) -> Found:
    found: Found = {}
    for field, text in texts.items():
        for match in pattern.finditer(fold(text)):
            if not any(match[0].startswith(known[:_STEM]) for known in found):
                found[match[0]] = field
    return found


def _why(reason: str, found: Found, calm: Found) -> str:
    parts = [f"reason: {reason}"]
    parts += [f"“{words}” ({field})" for words, field in list(found.items())[:_MOST_CUES]]
    if calm:
        parts.append("routine: " + ", ".join(f"“{words}” ({f})" for words, f in calm.items()))
    return "; ".join(parts)


@lru_cache(maxsize=1)
def _cues() -> _Cues:
    table = json.loads(_TABLE.read_text(encoding="utf-8"))
    return _Cues(
        reasons=table["reasons"],
        dimensions={name: _pattern(table["cues"][name]) for name in DIMENSIONS},
        calm=_pattern(table["calm"]),
    )


def _pattern(by_language: dict[str, list[str]]) -> re.Pattern[str]:
    stems = sorted({stem for stems in by_language.values() for stem in stems}, key=len)
    return re.compile(r"\b(?:" + "|".join(reversed(stems)) + r")\w*")
