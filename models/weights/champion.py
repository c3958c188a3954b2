"""Reads and writes the champion's weights, and turns them into the weights of each brief."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from data.errors import InputError
from models.components import COMPONENTS

CHAMPION = Path(__file__).with_name("champion.json")


@dataclass(frozen=True, kw_only=True)
class Fit:
    """What weights were fitted on: enough to make them again, and to judge them on other briefs.

    `inbox` and `pairs` are SHA-256 in hex (`pipeline.registry.provenance`); `until` is the last day
    on which a brief that the fit saw came in.
    """

    method: str
    inbox: str
    pairs: str
    until: date
    briefs: int
    seed: int | None = None
    versions: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Weights:
    """Weights of the components (≥ 0, summing to 1), and what is known of them.

    `bounds` is the tuning envelope: least and most of each weight. `fitted` is null for weights
    that were set by hand. `evaluation` is what promoted these weights; `history` holds the earlier
    ones, the latest first.
    """

    weights_id: str
    promoted: str
    weights: Mapping[str, float]
    bounds: Mapping[str, tuple[float, float]]
    fitted: Fit | None = None
    evaluation: Mapping[str, Any] | None = None
    history: tuple[Mapping[str, Any], ...] = field(default=())


def read_weights(path: Path = CHAMPION) -> Weights:
    """Read a weights file. Raises InputError if it is broken or names unknown components."""
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise _unusable(path, error) from error
    return weights_from(raw, where=path)


def weights_from(raw: Any, *, where: Path) -> Weights:  # noqa: ANN401
    """The weights in a parsed file, such as a night's manifest; raises as `read_weights` does."""
    try:
        bounds = {name: (float(low), float(high)) for name, (low, high) in raw["bounds"].items()}
        return Weights(
            weights_id=raw["weights_id"],
            promoted=raw["promoted"],
            weights=normalised(raw["weights"]),
            bounds=bounds,
            fitted=_fit(raw.get("fitted")),
            evaluation=raw.get("evaluation"),
            history=tuple(raw.get("history", ())),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _unusable(where, error) from error


def to_json(weights: Weights) -> str:
    """The text of a weights file, which `read_weights` reads back."""
    return json.dumps(asdict(weights), indent=2, ensure_ascii=False, default=str) + "\n"


def promote(
    champion: Weights,
    *,
    weights_id: str,
    promoted: str,
    weights: Mapping[str, float],
    evaluation: Mapping[str, Any],
    fitted: Fit | None = None,
) -> Weights:
    """The next champion: new weights with their evaluation, the old ones put into the history."""
    past = {
        "weights_id": champion.weights_id,
        "promoted": champion.promoted,
        "weights": dict(champion.weights),
        "fitted": asdict(champion.fitted) if champion.fitted else None,
        "evaluation": champion.evaluation,
    }
    return Weights(
        weights_id=weights_id,
        promoted=promoted,
        weights=normalised(weights),
        bounds=champion.bounds,
        fitted=fitted,
        evaluation=evaluation,
        history=(past, *champion.history),
    )


def normalised(weights: Mapping[str, float]) -> dict[str, float]:
    """Weights of all components, summing to 1; a component that is not named weighs 0.

    Raises InputError for an unknown component, a negative weight, or no weight at all.
    """
    unknown = sorted(set(weights) - set(COMPONENTS))
    if unknown:
        raise InputError(
            f"Weights must name components, got {', '.join(unknown)}. "
            f"Known are {', '.join(COMPONENTS)}."
        )
    numbers = {name: float(weights.get(name, 0.0)) for name in COMPONENTS}
    total = sum(numbers.values())
    if not (min(numbers.values()) >= 0 and 0 < total < float("inf")):
        raise InputError(
            f"Weights must be 0 or more with at least one above 0, got {dict(weights)}."
        )
    return {name: number / total for name, number in numbers.items()}


def replaced(weights: Mapping[str, float], own: Mapping[str, float]) -> dict[str, float]:
    """`weights` with some of them set; the others share what is left in their proportions."""
    checked = normalised({**dict.fromkeys(COMPONENTS, 1.0), **own})
    fixed = {name: float(own[name]) for name in own if name in checked}
    rest = {name: weight for name, weight in weights.items() if name not in fixed}
    left = max(1 - sum(fixed.values()), 0.0)
    scale = left / sum(rest.values()) if sum(rest.values()) else 0.0
    return normalised({**{name: weight * scale for name, weight in rest.items()}, **fixed})


def brief_weights(
    briefs: pl.DataFrame,
    demand: Mapping[str, float],
    champion: Weights,
    settings: Mapping[str, float] | None = None,
) -> dict[str, dict[str, float]]:
    """The weights of every brief, summing to 1.

    `demand`: of every brief, how much adaptability it asks for in [0, 1], 0.5 being usual. The
    weight of adaptability goes from half to one and a half of the champion's, within its bounds;
    then the settings, then the brief's own JSON object, replace single weights.
    """
    base = replaced(champion.weights, settings) if settings else dict(champion.weights)
    low, high = champion.bounds["adaptability"]
    result = {}
    for brief in briefs.iter_rows(named=True):
        brief_id = brief["brief_id"]
        weights = base
        if "adaptability" not in (settings or {}):
            grown = base["adaptability"] * (0.5 + demand.get(brief_id, 0.5))
            weights = replaced(base, {"adaptability": min(max(grown, low), high)})
        if own := _own(brief):
            weights = replaced(weights, own)
        result[brief_id] = weights
    return result


def _unusable(path: Path, error: Exception) -> InputError:
    return InputError(
        f"A weights file must be JSON with weights_id, promoted, weights and bounds; {path} is "
        f"not ({error!r}). Restore it, or copy the one that came with the product."
    )


def _fit(raw: Mapping[str, Any] | None) -> Fit | None:
    return Fit(**{**raw, "until": date.fromisoformat(raw["until"])}) if raw else None


def _own(brief: Mapping[str, Any]) -> dict[str, float]:
    text = brief.get("weights")
    if not text:
        return {}
    try:
        return {name: float(number) for name, number in json.loads(text).items()}
    except (ValueError, TypeError, AttributeError) as error:
        raise InputError(
            f"The weights of brief {brief['brief_id']} must be a JSON object of component and "
            f'number, such as {{"adaptability": 0.3}}, got {text!r}.'
        ) from error
