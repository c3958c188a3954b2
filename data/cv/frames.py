"""Read the CVs of a shard into the tables of the night: documents, passages, experiences."""

from datetime import date
from typing import Any, Final

import polars as pl

from data.cv.read import EXPERIENCE_COLUMNS, PASSAGE_COLUMNS, parse_cv
from data.cv.recorded import merge_recorded

DOCUMENT_COLUMNS: Final = {
    "candidate_id": pl.String,
    "language": pl.String,
    "text": pl.String,
    "hidden": pl.Boolean,
    "note": pl.String,
}
Row = dict[str, Any]


def read_cvs(
    texts: pl.DataFrame, experiences: pl.DataFrame | None = None, *, as_of: date | None = None
) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Return `(documents, passages, experiences)` of the CVs in `texts`, in their order.

    Args:
        texts: `candidate_id`, `text`, and where known `hidden`, `note`, `language`; one row each.
        experiences: the roles that the agency recorded; for a candidate who has any, they win over
            what the CV reads. What the CV does not tell of them is added at the end of its text.
        as_of: the date of the night; later dates are ignored after a year.

    Personal data are masked before anything else. Pure: the same rows give the same tables.
    """
    recorded = _by_candidate(experiences)
    documents: list[Row] = []
    passages: list[Row] = []
    roles: list[Row] = []
    for row in texts.iter_rows(named=True):
        text, language, own_roles, own_passages = parse_cv(
            row["text"], language=row.get("language"), as_of=as_of
        )
        key = {"candidate_id": row["candidate_id"]}
        if row["candidate_id"] in recorded:
            text, own_roles, own_passages = merge_recorded(
                text, own_roles, own_passages, recorded[row["candidate_id"]]
            )
        hidden, note = bool(row.get("hidden")), row.get("note")
        documents.append(key | {"language": language, "text": text, "hidden": hidden, "note": note})
        passages += [key | passage for passage in own_passages]
        roles += [key | role for role in own_roles]
    id_column: dict[str, type[pl.DataType]] = {"candidate_id": pl.String}
    return (
        pl.DataFrame(documents, schema=DOCUMENT_COLUMNS, orient="row"),
        pl.DataFrame(passages, schema=id_column | PASSAGE_COLUMNS, orient="row"),
        pl.DataFrame(roles, schema=id_column | EXPERIENCE_COLUMNS, orient="row"),
    )


def _by_candidate(experiences: pl.DataFrame | None) -> dict[str, list[Row]]:
    grouped: dict[str, list[Row]] = {}
    if experiences is not None:
        for row in experiences.iter_rows(named=True):
            grouped.setdefault(row["candidate_id"], []).append(row)
    return grouped
