"""Reads the gates of a promotion, which are declared before anything is tested."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from pydantic import ConfigDict, TypeAdapter, ValidationError

from data.errors import InputError
from evaluation.measures import measure

GATES = Path(__file__).with_name("gates.toml")
_STRICT = ConfigDict(extra="forbid")


@dataclass(frozen=True, kw_only=True)
class GainGate:
    """The measure must rise by `least`, and not by luck."""

    measure: str
    least: float
    level: float
    least_briefs: int
    __pydantic_config__ = _STRICT


@dataclass(frozen=True, kw_only=True)
class SlicesGate:
    """No slice of at least `least_briefs` may lose more than `most_loss`."""

    columns: tuple[str, ...]
    most_loss: float
    least_briefs: int
    __pydantic_config__ = _STRICT


@dataclass(frozen=True, kw_only=True)
class CalibrationGate:
    """No Brier score may rise by more than `most_rise`; none is judged on fewer cases."""

    most_rise: float
    least_cases: int
    __pydantic_config__ = _STRICT


@dataclass(frozen=True, kw_only=True)
class Gates:
    """All gates; that of the envelope has no number of its own, the champion's bounds are it."""

    gain: GainGate
    slices: SlicesGate
    calibration: CalibrationGate
    __pydantic_config__ = _STRICT


def read_gates(path: Path = GATES) -> Gates:
    """Read the declared gates.

    Raises:
        InputError: a number is missing, unknown or of another kind.
    """
    try:
        gates = TypeAdapter(Gates).validate_python(tomllib.loads(path.read_text(encoding="utf-8")))
        measure(gates.gain.measure)
    except (OSError, ValueError, ValidationError) as error:
        raise InputError(
            f"The gates must declare every number of [gain], [slices] and [calibration]; {path} "
            f"does not: {error}. Restore the file that came with the product."
        ) from error
    return gates
