"""How far each candidate lives from the place of a brief."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from data.places import distances_km, points_of


def distances_to(brief: Mapping[str, Any], candidates: pl.DataFrame) -> NDArray[np.float64]:
    """Kilometres (candidates,) from each home to the brief's place of work; NaN where unknown."""
    work = points_of([brief.get("country")], [brief.get("place")])
    homes = points_of(candidates["country"].to_list(), candidates["place"].to_list())
    return np.asarray(distances_km(work, homes)[0])
