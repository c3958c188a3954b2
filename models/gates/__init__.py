"""The hard conditions of a brief; each gate is one module and one entry here."""

from collections.abc import Callable, Mapping

from models.context import Context
from models.gates import availability, day_rate, language, licence, place
from models.gates.answers import Gate

GATES: Mapping[str, Callable[[Context], Gate]] = {
    "language": language.answer,
    "availability": availability.answer,
    "day_rate": day_rate.answer,
    "place": place.answer,
    "licence": licence.answer,
}
