"""How much a passage proves: claimed in a list, told in a dated role, or told with an outcome."""

import numpy as np
import polars as pl
from numpy.typing import NDArray

CLAIMED, DESCRIBED, RESULT = 1, 2, 3
WEIGHTS = np.array([1.0, 1.0, 1.0, 1.35], np.float32)
"""What a passage of each level (0 to 3) counts beside others; claims lose nothing (measured)."""
_TOLD = ["experience", "projects"]
_BLOCK = 50_000  # passages folded at a time

# A figure with a unit of effect beside a verb of change; folded, four languages. A year, an age or
# a team size alone is no outcome.
_EFFECT = (
    r"\d[\d.,]*\s?(?:%|percent|pour ?cent|procent|prozent|[km]?[€$]|[km]? ?eur\b|million|mio"
    r"|miljoen)"
    r"|[€$£]\s?\d|(?:from|de|van|von) \d+[^.]{0,30} (?:to|a|naar|auf) \d"
)
_CHANGE = (
    r"\b(?:reduc|increas|improv|sav(?:ed|ing)|grew|growth|cut\b|achiev|exceed|deliver|recover|won\b"
    r"|award|doubl|halv|decreas|eliminat|generat|reduit|augment|amelior|economis|atteint|livre|divis"
    r"|verminder|verhoog|verbeter|bespaar|gerealiseer|gehaald|opgeleverd|gedaald|gestegen"
    r"|gesenk|gesteiger|verbesser|eingespart|erreicht|erziel|geliefert)"
)


def passage_levels(passages: pl.DataFrame) -> NDArray[np.int8]:
    """Evidence level (passages,) of each row of the passage table: 1, 2 or 3."""
    folded = pl.col("text").str.to_lowercase().str.normalize("NFKD").str.replace_all(r"\p{M}", "")
    outcome = folded.str.contains(_EFFECT) & folded.str.contains(_CHANGE)
    level = (
        pl.when(~pl.col("section").is_in(_TOLD))
        .then(CLAIMED)
        .when(outcome)
        .then(RESULT)
        .otherwise(DESCRIBED)
    )
    level = level.cast(pl.Int8).alias("level")
    read = [part.select(level) for part in passages.iter_slices(_BLOCK)]
    return pl.concat([pl.DataFrame(schema={"level": pl.Int8}), *read])["level"].to_numpy()
