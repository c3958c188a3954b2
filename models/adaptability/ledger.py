"""The columns of the adaptability ledger, which sentences and careers both fill."""

from typing import Final

import polars as pl

LEDGER: Final = {
    "candidate_id": pl.String,
    "dimension": pl.String,
    "level": pl.Float64,
    "evidence_level": pl.Int8,
    "quote": pl.String,
    "start": pl.Date,
    "end": pl.Date,
    "date": pl.Date,
}
