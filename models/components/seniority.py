"""Seniority: responsibility carried and for how long, beside the years that the brief asks for."""

import re
from collections.abc import Iterable

import numpy as np

from models.context import Component, Context
from models.tokens import fold

_YEARS = re.compile(r"(\d{1,2})\s*\+?\s*(?:years?|yrs?|ans?\b|annees?|jaar|jaren|jahren?)")
_MOST = 30


def score(context: Context) -> Component:
    """Responsibility carried; where the brief names years, a quarter is the share of them held.

    Years count in roles like the brief's. 0.5 where the CV names no role.
    """
    had = carried(context)
    asked = years_asked(context.requirements["text"].to_list())
    if asked is not None:
        share = np.minimum(context.ground.roles.years(context.titles, context.size) / asked, 1.0)
        had = np.where(np.isnan(share), had, 0.75 * had + 0.25 * share).astype(np.float32)
    return had


def carried(context: Context) -> Component:
    """Mean of the highest responsibility held and of the years of leading, which saturate."""
    roles, size = context.ground.roles, context.size
    both = (roles.highest(size) + roles.led(size)) / 2
    return np.where(np.isnan(both), 0.5, both).astype(np.float32)


def years_asked(texts: Iterable[str]) -> int | None:
    """The most years of experience that one of the requirements names, if any."""
    found = [int(n) for text in texts for n in _YEARS.findall(fold(text)) if 0 < int(n) <= _MOST]
    return max(found, default=None)
