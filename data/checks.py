"""Parts the rows of a typed table into good ones and those turned away, each with a sentence."""

import types
from dataclasses import dataclass
from typing import Any, Final

import dataframely as dy
import polars as pl

from data.cells import no_problems
from data.tables import ROW

SENTENCES: Final = {
    "nullability": "{column} must be filled in",
    "check__printable": "{column} must not hold control characters such as line breaks; retype it",
    "check__no_path": "{column} must not be a path, as it names files; leave out / and \\",
    "check__short": "{column} must not be longer than 100 characters; shorten it",
    "check__inside": "{column} must name a file inside the inbox; give its path from the inbox, "
    "not an absolute one and without ..",
    "check__known": "{column} must be one of {words}; write one of these",
    "check__an_object": '{column} must be a JSON object such as {{"adaptability": 0.3}}',
    "min": "{column} must be at least {min}; correct it or leave it empty",
    "min_exclusive": "{column} must be more than {min_exclusive}; correct it or leave it empty",
    "max": "{column} must be at most {max}; correct it or leave it empty",
    "inf": "{column} must be a finite number",
    "nan": "{column} must be a number",
    "min_length": "{column} must not be empty",
    "regex": "{column} must be an ISO code",
    "inner_regex": "{column} must be written in the words of the data dictionary",
    "inner_nullability": "{column} must not hold an empty item",
    "inner_inner_code_nullability": "{column} must give a code for each language",
    "inner_inner_code_regex": "{column} must give an ISO 639-1 code for each language",
    "inner_inner_level_regex": "{column} must give a CEFR level, A1 to C2, or none",
    "inner_inner_required_nullability": "{column} must say of each language whether it is required",
    "has_a_cv": "A candidate must have a cv_file or a cv_text; give one of them",
    "end_after_start": "end must not lie before start; correct one of them",
    "planned_end_after_start": "planned_end must not lie before start_date; correct one of them",
    "actual_end_after_start": "actual_end must not lie before start_date; correct one of them",
}
"""What must hold and what to do, for every rule of the inbox schemas."""

ROW_RULE_COLUMNS: Final = {
    "has_a_cv": "cv_file",
    "end_after_start": "end",
    "planned_end_after_start": "planned_end",
    "actual_end_after_start": "actual_end",
}
KEY_RULE: Final = "primary_key"
UNSHOWN: Final = frozenset(
    {"name", "email", "phone", "cv_text", "description", "comment", "headline"}
)
"""Columns whose content is never copied into the quarantine: it may name a person."""
LONGEST_VALUE: Final = 80


@dataclass(frozen=True, kw_only=True)
class Checked:
    """The good rows with `#row`, and one line of problems for each broken rule of the others."""

    good: pl.DataFrame
    problems: pl.DataFrame  # #row, column, reason, value


def check_rows(frame: pl.DataFrame, schema: type[dy.Schema], problems: pl.DataFrame) -> Checked:
    """Apply every rule of a schema to a typed table whose unread cells are in `problems`.

    Of rows with one key the first good one is kept, or the one updated last where the table tells.
    """
    _, failure = _numbered(schema).filter(frame)
    broken = failure.details()
    rules = [name for name in broken.columns if name not in frame.columns]
    found = [_broken_rule(broken, rule, schema) for rule in rules if rule != KEY_RULE]
    problems = pl.concat([problems, *found]).unique(
        [ROW, "column"], keep="first", maintain_order=True
    )
    sound = frame.join(problems.select(ROW).unique(), on=ROW, how="anti", maintain_order="left")
    repeated = _repeated(sound, schema)
    good = sound.join(repeated, on=ROW, how="anti", maintain_order="left")
    return Checked(good=good, problems=pl.concat([problems, repeated]))


def _numbered(schema: type[dy.Schema]) -> type[dy.Schema]:
    """The same schema with the record number, so that a broken rule leads back to its row."""
    row = {"row": dy.Int64(alias=ROW)}
    return types.new_class(schema.__name__, (schema,), exec_body=lambda body: body.update(row))


def _broken_rule(broken: pl.DataFrame, rule: str, schema: type[dy.Schema]) -> pl.DataFrame:
    column, _, kind = rule.rpartition("|")
    column = column or ROW_RULE_COLUMNS[kind]
    rows = broken.filter(pl.col(rule) == "invalid")
    if rows.is_empty():
        return no_problems()
    reason = sentence(kind, column, schema.columns()[column])
    return _problems(rows, column, pl.lit(reason))


def _problems(rows: pl.DataFrame, column: str, reason: pl.Expr) -> pl.DataFrame:
    dtype = rows.schema[column]
    shown = pl.col(column).list.len() if isinstance(dtype, pl.List) else pl.col(column)
    return rows.select(
        ROW,
        pl.lit(column).alias("column"),
        reason.alias("reason"),
        shown.cast(pl.String).alias("value"),
    )


def sentence(kind: str, column: str, definition: dy.Column) -> str:
    """What a rule asks of a column, and what to do; ValueError for a rule without a sentence."""
    if kind not in SENTENCES:
        raise ValueError(f"The rule {kind} of {column} has no sentence. Add one to SENTENCES.")
    words = (definition.metadata or {}).get("words", ())
    facts: dict[str, Any] = {
        name: _figure(getattr(definition, name, None)) for name in ("min", "min_exclusive", "max")
    }
    return SENTENCES[kind].format(column=column, words=", ".join(words), **facts) + "."


def _figure(value: object) -> str:
    return f"{value:,g}" if isinstance(value, float) else str(value)


def _repeated(sound: pl.DataFrame, schema: type[dy.Schema]) -> pl.DataFrame:
    """Every row but one of those that share a key."""
    key = schema.primary_key()
    if not key:
        return no_problems()
    latest = "updated_at" if "updated_at" in sound.columns else ROW
    order = sound.sort([latest, ROW], descending=[latest != ROW, False], nulls_last=True)
    kept = order.unique(key, keep="first", maintain_order=True)
    again = sound.join(kept.select(ROW), on=ROW, how="anti", maintain_order="left")
    again = again.join(kept.select(*key, pl.col(ROW).alias("kept")), on=key, maintain_order="left")
    reason = pl.format(
        "{} must stand once in the table, but row {} holds the same and was kept; remove one.",
        pl.lit(" and ".join(key)),
        pl.col("kept"),
    )
    return _problems(again, key[0], reason)


def unknown_references(
    frame: pl.DataFrame, column: str, known: pl.Series, table: str
) -> pl.DataFrame:
    """Problems of the rows whose id is not among those kept of another table."""
    rows = frame.filter(~pl.col(column).is_in(known.implode()))
    reason = f"{column} must be one of the {table} that were kept; add it there or remove this row."
    return _problems(rows, column, pl.lit(reason))


def quarantine_rows(
    table: str, frame: pl.DataFrame, problems: pl.DataFrame, key: list[str]
) -> pl.DataFrame:
    """One quarantine row for each row at fault: its first column and value, and every reason.

    `frame` is the typed table, of which the ids are taken.
    """
    shown = pl.col("value").str.slice(0, LONGEST_VALUE)
    gathered = problems.group_by(ROW, maintain_order=True).agg(
        pl.col("column").first(),
        pl.col("reason").unique(maintain_order=True).str.join(" "),
        pl.when(~pl.col("column").is_in(UNSHOWN)).then(shown).first().alias("value"),
    )
    names = [name for name in key if name in frame.columns]
    ids = pl.concat_str(
        [pl.col(name).cast(pl.String) for name in names], separator=" ", ignore_nulls=True
    )
    identified = frame.select(
        ROW, ids.replace("", None).alias("id") if names else pl.lit(None, pl.String).alias("id")
    )
    return (
        gathered.join(identified, on=ROW, how="left")
        .sort(ROW)
        .select(
            pl.lit(table).alias("table"),
            pl.col(ROW).alias("row"),
            "id",
            "column",
            "reason",
            "value",
        )
    )
