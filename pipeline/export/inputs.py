"""The tables of a night that explanations are made of, and their place in the night's folder."""

from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
from functools import partial
from pathlib import Path

import polars as pl

from data.schema.words import PAIR
from models import likeness, portfolio, whatif
from pipeline.stages import exploration

FOLDER = "explain"
AT_THE_TOP = ("longlist", "shown")  # tables that people look for beside the shortlists


def _none(schema: dict[str, type[pl.DataType]]) -> Callable[[], pl.DataFrame]:
    return partial(pl.DataFrame, schema=schema)


@dataclass(frozen=True, kw_only=True)
class ExplainInputs:
    """The tables of a night that an explanation reads.

    `evidence`: brief_id, candidate_id, requirement, quote, section, start, end, evidence_level,
    coverage. `demand`: brief_id, dimension, demand, why. `flags`: candidate_id, flag and, where
    known, brief_id (null: of every brief) and detail; the flag `over_qualified` sets the label.
    `changes`: one changed fact a pair (`models.whatif`). `near_misses`: brief_id, candidate_id, the
    nearest first. `likeness`: how like the brief a CV is by itself (`models.likeness`).
    `assignment`: who would go where (`models.portfolio`). `shown`: who stands on the shortlists
    (`pipeline.stages.exploration`); empty: the first of each ranking.
    """

    briefs: pl.DataFrame
    requirements: pl.DataFrame
    candidates: pl.DataFrame
    contacts: pl.DataFrame
    longlist: pl.DataFrame
    gates: pl.DataFrame
    evidence: pl.DataFrame
    adaptability: pl.DataFrame
    demand: pl.DataFrame
    flags: pl.DataFrame
    changes: pl.DataFrame = field(default_factory=_none(whatif.SCHEMA))
    near_misses: pl.DataFrame = field(default_factory=_none(dict.fromkeys(PAIR, pl.String)))
    likeness: pl.DataFrame = field(default_factory=_none(likeness.SCHEMA))
    assignment: pl.DataFrame = field(default_factory=_none(portfolio.SCHEMA))
    shown: pl.DataFrame = field(default_factory=_none(exploration.SCHEMA))

    def listed(self, top: int) -> pl.DataFrame:
        """The rows of the longlist that stand on the shortlists."""
        if self.shown.is_empty():
            return self.longlist.filter(pl.col("rank") <= top)
        return self.longlist.join(self.shown, on=PAIR, how="semi", maintain_order="left")


def save_inputs(inputs: ExplainInputs, night: Path) -> None:
    """Keep the tables in `explain/` of the night's folder, the longlist as `longlist.parquet`.

    Contacts and CVs are left out: the pool's names and texts have no business in a night.
    """
    (night / FOLDER).mkdir(parents=True, exist_ok=True)
    nameless = replace(
        inputs,
        contacts=inputs.contacts.clear(),
        candidates=inputs.candidates.drop("cv_text", "cv_file", strict=False),
    )
    for table in fields(nameless):
        getattr(nameless, table.name).write_parquet(_path(night, table.name))


def load_inputs(night: Path) -> ExplainInputs:
    """The tables that `save_inputs` kept in a night's folder; an older night lacks some."""
    kept = {table.name: _path(night, table.name) for table in fields(ExplainInputs)}
    return ExplainInputs(
        **{name: pl.read_parquet(path) for name, path in kept.items() if path.exists()}
    )


def _path(night: Path, table: str) -> Path:
    return night / ("" if table in AT_THE_TOP else FOLDER) / f"{table}.parquet"
