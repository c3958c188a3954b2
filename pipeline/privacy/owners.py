"""Whose CV each cached reading is, so that an erasure finds every version that was ever read."""

from pathlib import Path

import polars as pl

from data.durable import whole

OWNERS = "owners.parquet"
_OWNED = {"candidate_id": pl.String, "cv_key": pl.String}


def remember_owners(texts: pl.DataFrame, cache_folder: Path) -> None:
    """Add the candidate_id and cv_key of what is about to be read to those of earlier nights."""
    known = owners(cache_folder)
    everybody = pl.concat([known, texts.select(_OWNED.keys())]).unique(maintain_order=True)
    if everybody.height > known.height:
        write_table(everybody, cache_folder / OWNERS)


def owners(cache_folder: Path) -> pl.DataFrame:
    """candidate_id, cv_key of every reading in this cache."""
    file = cache_folder / OWNERS
    return pl.read_parquet(file) if file.is_file() else pl.DataFrame(schema=_OWNED)


def write_table(table: pl.DataFrame, file: Path) -> None:
    """Write a table so that readers see the old file or the new one, never a part."""
    with whole(file) as part:
        table.write_parquet(part)
