"""A simulated agency whose hidden truth is known: people, careers, CVs, briefs and their past."""

from data.agency.inbox import write_agency
from data.agency.parameters import Market

__all__ = ["Market", "write_agency"]
