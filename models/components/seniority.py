"""Seniority: responsibility carried and for how long, beside the years that the brief asks for."""

import re
from collections.abc import Iterable

import numpy as np

from models.context import Component, Context
from models.tokens import fold

_YEARS = re.compile(r"(\d{1,2})\s*\+?\s*(?:years?|yrs?|ans?\b|annees?|jaar|jaren|jahren?)")
_MOST = 30


def score(context: Context) -> Component:
    """Mean of the highest responsibility held and of the years of leading, which saturate.

    Where the brief names years, the share of them held in like roles counts a quarter. 0.5 where
    the CV names no role.
    """
    roles, size = context.ground.roles, context.size
    carried = (roles.highest(size) + roles.led(size)) / 2
    asked = years_asked(context.requirements["text"].to_list())
    if asked is not None:
        share = np.minimum(roles.years(context.titles, size) / asked, 1.0)
        carried = np.where(np.isnan(share), carried, 0.75 * carried + 0.25 * share)
    return np.where(np.isnan(carried), 0.5, carried).astype(np.float32)


def years_asked(texts: Iterable[str]) -> int | None:
    """The most years of experience that one of the requirements names, if any."""
    found = [int(n) for text in texts for n in _YEARS.findall(fold(text)) if 0 < int(n) <= _MOST]
    return max(found, default=None)
