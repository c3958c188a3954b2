"""What only the prose of a brief says, put into its fields, so that it counts as a condition."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from data.places import find_place
from models.gates.answers import FAIL
from models.matching import Match
from pipeline.clinic.prose import Told

TOLD: Final = "told"
"""The id of this variant of a brief among those that are ranked."""


@dataclass(frozen=True, kw_only=True)
class AsTold:
    """How many would pass if the prose counted, and how many each hard condition would fail."""

    eligible: int
    fails: tuple[tuple[str, int], ...]


def told_columns(brief: Mapping[str, Any], told: Told) -> dict[str, object]:
    """The columns that the prose tells and the brief does not state."""
    place = find_place(None, told["place"].value) if "place" in told else None
    modes = [mode for mode in ("remote", "onsite") if mode in told]
    languages = sorted(told["languages"].value) if "languages" in told else []
    read: dict[str, object] = {
        "start_date": told["start_date"].value if "start_date" in told else None,
        "duration_months": told["duration"].value[0] if "duration" in told else None,
        "days_per_week": told["days"].value if "days" in told else None,
        "day_rate_max_eur": told["rate"].value if "rate" in told else None,
        "languages": [{"code": code, "level": None, "required": True} for code in languages],
        "place": told["place"].value if place else None,
        "country": place.country if place and not brief.get("place") else None,
        "work_mode": modes[0] if len(modes) == 1 else None,
    }
    return {name: value for name, value in read.items() if value and not brief.get(name)}


def read_as_told(match: Match) -> AsTold:
    """What the hard conditions of the variant answer."""
    answers = {name: gate.answers for name, gate in match.gates.items()}
    fails = {name: int((gate == FAIL).sum()) for name, gate in answers.items()}
    ordered = sorted(fails.items(), key=lambda pair: (-pair[1], pair[0]))
    return AsTold(
        eligible=int((np.min(list(answers.values()), axis=0) > FAIL).sum()),
        fails=tuple((name, number) for name, number in ordered if number),
    )
