"""Whether the language that a CV is written in matters: equal careers in four languages."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

LIMIT = 0.35
"""Share of the first places that CVs in the brief's own language may take, where 25 % is fair."""


@dataclass(frozen=True, kw_only=True)
class LanguageFinding:
    """How one ranking treats equal careers in four languages; shares in [0, 1]."""

    ranking: str
    briefs: int
    top: int
    own: float  # share of the first places held by CVs in the brief's language
    most: float  # and by those of the language that got the most of them over all briefs
    spread: float  # mean distance, in places of a hundred, of a CV from the mean of its career
    suited: float  # share of the first places held by careers in the brief's profession
    passes: bool


def audit_languages(
    name: str, run: pl.DataFrame, professions: Mapping[str, str], *, top: int
) -> LanguageFinding:
    """How far a run (brief_id, candidate_id, score) favours a language.

    Ids end in "-" and their language; `professions` gives that of briefs and careers (ids without
    the language). Equal scores are put in the order of the career, then of the language.
    """
    places = (
        run.sort("brief_id", "score", "candidate_id", descending=[False, True, False])
        .with_columns(
            place=pl.int_range(1, pl.len() + 1).over("brief_id"),
            size=pl.len().over("brief_id"),
            asked=pl.col("brief_id").str.slice(-2),
            told=pl.col("candidate_id").str.slice(-2),
            career=pl.col("candidate_id").str.head(-3),
            wanted=pl.col("brief_id").str.head(-3).replace_strict(professions),
        )
        .with_columns(
            has=pl.col("career").replace_strict(professions),
            middle=pl.col("place").mean().over("brief_id", "career"),
        )
    )
    first = places.filter(pl.col("place") <= top)
    apart = (pl.col("place") - pl.col("middle")).abs() * 100 / pl.col("size")
    own = _mean(first, pl.col("asked") == pl.col("told"))
    return LanguageFinding(
        ranking=name,
        briefs=places["brief_id"].n_unique(),
        top=top,
        own=own,
        most=float(first["told"].value_counts(normalize=True)["proportion"].to_numpy().max()),
        spread=_mean(places, apart),
        suited=_mean(first, pl.col("wanted") == pl.col("has")),
        passes=own <= LIMIT,
    )


def language_table(findings: list[LanguageFinding]) -> str:
    """The findings as a table that can be pasted."""
    lines = [
        f"{'ranking of equal careers':<28} {'briefs':>6} {'top':>4} {'own':>5} {'most':>5} "
        f"{'spread':>7} {'suited':>7}  passes"
    ]
    lines += [
        f"{f.ranking:<28} {f.briefs:>6} {f.top:>4} {f.own:>5.0%} {f.most:>5.0%} "
        f"{f.spread:>7.2f} {f.suited:>7.0%}  {'yes' if f.passes else 'NO'}"
        for f in findings
    ]
    return "\n".join(lines)


def _mean(frame: pl.DataFrame, of: pl.Expr) -> float:
    return float(frame.select(of.cast(pl.Float64).mean()).item())
