"""An inbox of real CVs and judged briefs, as if an agency had exported it."""

import gzip
import json
import shutil
from pathlib import Path
from typing import Any

import polars as pl


def write_real_inbox(data: Path, inbox: Path, *, briefs: str = "briefs.jsonl") -> None:
    """Write candidates, briefs and judgements as JSON Lines; 240 CVs come as their own PDF.

    Args:
        data: the folder of the data sets.
        inbox: the folder to write; what is there is replaced.
        briefs: `briefs.jsonl`, or `briefs_in_english.jsonl` for the translations.
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
    _write(inbox / "briefs.jsonl", read_lines(data / "judged" / briefs))
    _write(inbox / "judgements.jsonl", judged_pairs(data))


def judged_pairs(data: Path) -> list[dict[str, Any]]:
    """The judged pairs as qrels: brief_id, candidate_id, grade 0 to 3."""
    return [
        {"brief_id": row["brief_id"], "candidate_id": row["cv_id"], "grade": row["shortlist"]}
        for row in read_lines(data / "judged" / "judgements.jsonl")
    ]


def read_lines(file: Path) -> list[dict[str, Any]]:
    """The rows of a JSON Lines file."""
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line]


def judgement_frame(data: Path) -> pl.DataFrame:
    """`judged_pairs` as a table."""
    return pl.DataFrame(judged_pairs(data))


def _write(file: Path, rows: list[dict[str, Any]]) -> None:
    text = "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows)
    file.write_text(text, encoding="utf-8")
