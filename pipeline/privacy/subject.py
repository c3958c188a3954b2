"""Everything that is kept of one candidate in one readable file: the answer when they ask."""

import json
import shutil
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polars as pl

from data.errors import InputError
from data.inbox import Inbox, InboxSettings, read_inbox
from data.schema import INBOX_TABLES
from pipeline.audit.log import record
from pipeline.decisions.store import read_decisions
from pipeline.nights.folders import nights_of, read_manifest
from pipeline.privacy.owners import owners
from pipeline.privacy.traces import mentions

_EXPLAINED = ("gates", "evidence", "adaptability", "flags")


def export_subject(
    runs: Path, candidate_id: str, folder: Path, inbox: Path, settings: InboxSettings
) -> Path:
    """Write `subject.json` and the CV file of a candidate into a new folder.

    It holds the rows of every table of the inbox, what was read of the CV, each night's places,
    scores, components, weights, gates, quotes and flags, and the decisions of people.

    Raises:
        InputError: the inbox cannot be read, or nothing at all is kept of this candidate.
    """
    everything = read_inbox(inbox, settings)
    told: dict[str, Any] = {
        "candidate_id": candidate_id,
        "exported_at": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "inbox": _inbox_rows(everything, candidate_id),
        "read_from_the_cv": _readings(runs, candidate_id),
        "nights": [_night(night, candidate_id) for night in nights_of(runs)],
        "decisions": [
            asdict(decision)
            for decision in read_decisions(runs)
            if decision.candidate_id == candidate_id
        ],
    }
    told["nights"] = [night for night in told["nights"] if len(night) > 2]
    if not any(told[part] for part in ("inbox", "read_from_the_cv", "nights", "decisions")):
        raise InputError(
            f"Something must be kept of {candidate_id}; neither {inbox} nor {runs} has anything. "
            "Check the id."
        )
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for file in everything.candidates.filter(pl.col("candidate_id") == candidate_id)["cv_file"]:
        if file:
            shutil.copyfile(inbox / file, folder / Path(file).name)
    target = folder / "subject.json"
    target.touch(mode=0o600)
    target.write_text(json.dumps(told, indent=2, ensure_ascii=False, default=str), "utf-8")
    record(runs, "subject_export", {"candidate_id": candidate_id})
    return target


def _inbox_rows(inbox: Inbox, candidate_id: str) -> dict[str, list[dict[str, Any]]]:
    tables = {name: getattr(inbox, name) for name in INBOX_TABLES}
    rows = {
        name: table.filter(pl.col("candidate_id") == candidate_id).to_dicts()
        for name, table in tables.items()
        if "candidate_id" in table.columns
    }
    placed = [row["placement_id"] for row in rows["placements"]]
    rows["feedback"] = inbox.feedback.filter(pl.col("placement_id").is_in(placed)).to_dicts()
    return {name: found for name, found in rows.items() if found}


def _readings(runs: Path, candidate_id: str) -> list[dict[str, Any]]:
    cache = runs / "cache" / "cvs"
    keys = owners(cache).filter(pl.col("candidate_id") == candidate_id)["cv_key"]
    own = pl.col("cv_key").is_in(keys.implode())
    tables = (pl.read_parquet(file) for file in sorted((cache / "cvs").glob("*.parquet")))
    return [row for table in tables for row in table.filter(own).to_dicts()]


def _night(night: Path, candidate_id: str) -> dict[str, Any]:
    """What one night holds: its name, its date, and the rows of each of its tables."""
    files = {
        "ranking": night / "longlist.parquet",
        "merged": night / "merged.parquet",
        "quarantine": night / "quarantine.parquet",
        "portfolio": night / "portfolio.parquet",
        **{name: night / "explain" / f"{name}.parquet" for name in _EXPLAINED},
    }
    told: dict[str, Any] = {"night": night.name, "as_of": read_manifest(night)["as_of"]}
    for name, file in files.items():
        rows = _naming(file, candidate_id) if file.is_file() else []
        if rows:
            told[name] = rows
    return told


def _naming(file: Path, candidate_id: str) -> list[dict[str, Any]]:
    table = pl.read_parquet(file)
    texts = [pl.col(name) for name, kind in table.schema.items() if kind == pl.String]
    named = [text.str.contains(mentions(candidate_id)).fill_null(value=False) for text in texts]
    return table.filter(pl.any_horizontal(named)).to_dicts()
