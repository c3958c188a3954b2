"""Logistics: start, rate and distance, as soft scores near their gates."""

import numpy as np

from models.context import Component, Context
from models.gates.availability import LATEST_DAYS
from models.gates.day_rate import ROOM

_UNKNOWN = 0.5


def score(context: Context) -> Component:
    """Mean of three falling scores; 1 well inside, 0.5 unknown, 0 where the gate would close."""
    parts = [_start(context), _rate(context), _distance(context)]
    known = [np.where(np.isnan(part), _UNKNOWN, part) for part in parts]
    return np.asarray(np.mean(known, axis=0), np.float32)


def _start(context: Context) -> Component:
    start = context.brief.get("start_date")
    free = context.ground.facts.available_from
    if start is None:
        return np.full(context.size, np.nan, np.float32)
    late = (free - np.datetime64(start, "D")).astype("timedelta64[D]").astype(float)
    return np.where(np.isnat(free), np.nan, np.clip(1 - late / LATEST_DAYS, 0, 1))


def _rate(context: Context) -> Component:
    budget = context.brief.get("day_rate_max_eur")
    if budget is None:
        return np.full(context.size, np.nan, np.float32)
    over = context.ground.facts.day_rate / max(budget, 1) - 1
    return np.asarray(np.clip(1 - (over + ROOM) / (2 * ROOM), 0, 1), np.float32)


def _distance(context: Context) -> Component:
    if context.brief.get("work_mode") == "remote":
        return np.ones(context.size, np.float32)
    most = np.maximum(context.ground.facts.max_distance, 1)
    return np.asarray(np.clip(1 - context.distances / most / 2, 0, 1), np.float32)
