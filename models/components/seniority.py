"""Seniority: years in like roles beside the years that the brief asks for."""

import re
from collections.abc import Iterable

import numpy as np

from models.context import Component, Context
from models.tokens import fold

_YEARS = re.compile(r"(\d{1,2})\s*\+?\s*(?:years?|yrs?|ans?\b|annees?|jaar|jaren|jahren?)")
_MOST = 30


def score(context: Context) -> Component:
    """Share of the asked years held in roles like the brief's; 0.5 if none is asked or known."""
    asked = years_asked(context.requirements["text"].to_list())
    if asked is None:
        return np.full(context.size, 0.5, np.float32)
    held = context.ground.roles.years(context.titles, context.size)
    share = np.minimum(held / asked, 1.0)
    return np.where(np.isnan(share), 0.5, share).astype(np.float32)


def years_asked(texts: Iterable[str]) -> int | None:
    """The most years of experience that one of the requirements names, if any."""
    found = [int(n) for text in texts for n in _YEARS.findall(fold(text)) if 0 < int(n) <= _MOST]
    return max(found, default=None)
