"""Track record: how earlier placements went, shrunk towards the mean of everybody."""

import numpy as np

from models.context import Component, Context

_PRIOR = 3.0  # placements that the mean of everybody counts for
_LEVELS = {"selected": 0.0, "completed": 1.0, "extended": 1.0, "rehired": 1.0}


def score(context: Context) -> Component:
    """Share of ended placements that were completed or better, (s + 3 m) / (n + 3).

    What a client or circumstances caused does not count against anybody. Without placements: m.
    """
    placements = context.ground.pool.placements
    good, count = np.zeros(context.size), np.zeros(context.size)
    if placements is not None:
        for row in placements.iter_rows(named=True):
            place = context.ground.places.get(row["candidate_id"])
            success = _LEVELS.get(row["outcome"])
            if place is None or success is None:
                continue
            if success == 0 and row.get("cause") in ("client", "circumstances"):
                continue
            good[place] += success
            count[place] += 1
    mean = good.sum() / count.sum() if count.sum() else 0.5
    return ((good + _PRIOR * mean) / (count + _PRIOR)).astype(np.float32)
