"""The components of the blend; each is one module and one entry here."""

from collections.abc import Callable, Mapping

from models.components import (
    adaptability,
    communication,
    languages,
    logistics,
    sector,
    seniority,
    stretch,
    technical,
    title,
    track_record,
)
from models.context import Component, Context

COMPONENTS: Mapping[str, Callable[[Context], Component]] = {
    "technical": technical.score,
    "title": title.score,
    "seniority": seniority.score,
    "sector": sector.score,
    "adaptability": adaptability.score,
    "stretch": stretch.score,
    "communication": communication.score,
    "languages": languages.score,
    "logistics": logistics.score,
    "track_record": track_record.score,
}
