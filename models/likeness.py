"""How like a brief a CV is by itself, where a score only says how it stands among the others."""

import numpy as np
import polars as pl

from models.coverage import top_means
from models.matching import Matches

SCHEMA = {"brief_id": pl.String, "candidate_id": pl.String, "likeness": pl.Float64}
MUSTS = 2 / 3
"""Share of the must-haves beside the title."""


def likeness(matches: Matches, pairs: pl.DataFrame) -> pl.DataFrame:
    """Likeness of the wanted (brief_id, candidate_id) pairs; see `SCHEMA`.

    Mean similarity of the best passages to the must-haves (to every requirement, where none is a
    must) and to the title, not scaled within the pool: what resembles nothing stays low, even where
    it resembles the brief more than anybody else does. Weights and what is low: evaluation/LOG.md.
    """
    ground, rows = matches.ground, []
    for brief_id, candidate_id in pairs.select("brief_id", "candidate_id").iter_rows():
        one = matches.by_brief[brief_id]
        requirements = one.context.requirements
        place = ground.places[candidate_id]
        queries = matches.queries[ground.languages[ground.groups[place]]]
        musts = requirements.filter(tier="must")["row"].to_list() or requirements["row"].to_list()
        wanted = queries[[*musts, one.columns[-1]]]
        own = slice(place, place + 1)
        near = top_means(ground.fetch, ground.bounds[own], np.diff(ground.bounds)[own], wanted)[0]
        value = MUSTS * near[:-1].mean() + (1 - MUSTS) * near[-1]
        rows.append((brief_id, candidate_id, round(float(value), 4)))
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")
