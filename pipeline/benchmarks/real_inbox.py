"""An inbox of real CVs and of briefs that people judged, as if an agency had exported it."""

import csv
import gzip
import json
import shutil
from pathlib import Path
from typing import Any

import polars as pl

_WISHES = 3  # skills that name a vacancy without a title


def write_real_inbox(data: Path, inbox: Path, briefs: str) -> None:
    """Write candidates and briefs as JSON Lines; 240 of the CVs come as their own PDF.

    Args:
        data: the folder of the data sets.
        inbox: the folder to write; what is there is replaced.
        briefs: the file of briefs below `data`; one without a title is named by its first skills.
    """
    shutil.rmtree(inbox, ignore_errors=True)
    (inbox / "cvs").mkdir(parents=True)
    pdfs = {file.stem: file for file in (data / "real_cvs" / "pdf").glob("*.pdf")}
    candidates = []
    with gzip.open(data / "real_cvs" / "cvs.jsonl.gz", "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            candidate = {"candidate_id": row["cv_id"]}
            if pdf := pdfs.get(row["cv_id"]):
                shutil.copy(pdf, inbox / "cvs" / pdf.name)
                candidates.append(candidate | {"cv_file": f"cvs/{pdf.name}"})
            else:
                candidates.append(candidate | {"cv_text": row["text"]})
    _write(inbox / "candidates.jsonl", candidates)
    _write(inbox / "briefs.jsonl", [_titled(row) for row in _read(data / briefs)])


def judgements(data: Path) -> pl.DataFrame:
    """The graded pairs: brief_id, candidate_id, grade (shortlist, 0 to 3), technical, adaptability.

    Where the two parts were not graded they are null.
    """
    rows = _read(data / "judged" / "judgements.jsonl")
    names = {"cv_id": "candidate_id", "shortlist": "grade"}
    return (
        pl.DataFrame(rows)
        .rename(names)
        .select("brief_id", "candidate_id", "grade", "technical", "adaptability")
    )


def hr_scores(data: Path) -> pl.DataFrame:
    """What HR people gave: brief_id, candidate_id, grade (1 to 7)."""
    with (data / "hr_scores" / "scores.csv").open(encoding="utf-8") as file:
        rows = [(row["brief_id"], row["cv_id"], int(row["score"])) for row in csv.DictReader(file)]
    return pl.DataFrame(rows, schema=["brief_id", "candidate_id", "grade"], orient="row")


def _titled(brief: dict[str, Any]) -> dict[str, Any]:
    return {"title": ", ".join(brief["must_have"][:_WISHES]), **brief}


def _read(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line]


def _write(file: Path, rows: list[dict[str, Any]]) -> None:
    text = "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows)
    file.write_text(text, encoding="utf-8")
