"""The audit of bias: how groups of people fare in the rankings of past nights.

The attributes come from the caller, are held in memory for this one table, and are neither joined
to anything that ranks nor written anywhere.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import combinations
from pathlib import Path

import polars as pl

from data.errors import InputError
from data.schema.words import PAIR
from evaluation.significance import holm
from pipeline.audit.bias_exposure import exposure
from pipeline.audit.bias_rates import applications, rates
from pipeline.audit.bias_report import CROSSED, BiasReport, Section
from pipeline.audit.bias_slices import cv_languages, languages_told
from pipeline.nights.folders import current_night, nights_of, read_manifest

_MOST_GROUPS = 20
_ID = "candidate_id"


def audit_bias(
    attributes: Path, runs: Path, *, top: int, since: date | None = None, seed: int = 0
) -> BiasReport:
    """Rates, ratios and exposure of every group and of every two attributes crossed.

    Each also before the briefs of each language; single attributes also among the CVs of each.

    Args:
        attributes: CSV of candidate_id and one column an attribute; an empty cell is unknown.
        runs: the runs folder.
        top: how many of a brief's ranking count as selected.
        since: take the last ranking of every brief from this day on; None: the published night.
        seed: of the permutations.

    Raises:
        InputError: the attributes cannot be used, or nothing was published.
    """
    known = read_attributes(attributes)
    nights = _nights(runs, since)
    cases, languages = _cases(nights, top)
    people = cases.select(_ID).unique().join(cv_languages(nights), on=_ID, how="left")
    sections = []
    for name, groups in _groupings(known):
        sections.append(_section(name, "all briefs", cases, groups, seed))
        slices = _by_brief(cases, languages)
        if name in known.columns:
            slices += _by_cv(cases, people.join(groups.drop_nulls("group"), on=_ID))
        found = (_section(name, told, some, groups, seed) for told, some in slices)
        sections += [section for section in found if len(section.exposures) > 1]
    return BiasReport(
        nights=len(nights),
        briefs=cases["brief_id"].n_unique(),
        people=people.height,
        sections=tuple(sections),
    )


def read_attributes(path: Path) -> pl.DataFrame:
    """candidate_id and the attributes as text, an empty cell as null.

    Raises:
        InputError: there is no such table, an id stands twice, or an attribute has too many values.
    """
    try:
        table = pl.read_csv(path, infer_schema=False, null_values=["", "unknown"])
    except (OSError, pl.exceptions.PolarsError) as error:
        raise InputError(f"The attributes must be a CSV file; {path} is not: {error}.") from error
    if _ID not in table.columns or table.width < 2:
        raise InputError(
            f"The attributes must have a column {_ID} and at least one more; "
            f"{path} has {', '.join(table.columns)}."
        )
    if table[_ID].is_duplicated().any():
        raise InputError(f"Every {_ID} must stand once in {path}; some stand there twice.")
    for name in table.columns:
        values = table[name].drop_nulls().n_unique()
        if name != _ID and values > _MOST_GROUPS:
            raise InputError(
                f"An attribute must have at most {_MOST_GROUPS} values, {name} has {values}. "
                "Put them into bands."
            )
    return table


def _groupings(known: pl.DataFrame) -> Iterator[tuple[str, pl.DataFrame]]:
    """Every attribute, then every two crossed: its name, and candidate_id, group."""
    names = [name for name in known.columns if name != _ID]
    for name in names:
        yield name, known.select(_ID, group=name)
    for one, other in combinations(names, 2):
        crossed = pl.concat_str(one, other, separator=CROSSED)
        yield f"{one}{CROSSED}{other}", known.select(_ID, group=crossed)


def _by_brief(cases: pl.DataFrame, briefs: pl.DataFrame) -> list[tuple[str, pl.DataFrame]]:
    """Applications before the briefs of each language, when there is more than one."""
    by_language = cases.join(briefs.drop_nulls("language"), on="brief_id").partition_by(
        "language", as_dict=True
    )
    if briefs["language"].n_unique() < 2:
        return []
    return [(f"briefs in {language}", some) for (language,), some in sorted(by_language.items())]


def _by_cv(cases: pl.DataFrame, people: pl.DataFrame) -> list[tuple[str, pl.DataFrame]]:
    """Applications of those whose CV is in each language that may be told, if more than one is."""
    if people["cv_language"].n_unique() < 2:
        return []
    own = people.select(_ID, "cv_language")
    return [
        (f"CVs in {language}", cases.join(own.filter(cv_language=language), on=_ID, how="semi"))
        for language in languages_told(people)
    ]


def _section(
    name: str, slice_: str, cases: pl.DataFrame, groups: pl.DataFrame, seed: int
) -> Section:
    found = rates(cases, groups)
    shown = [group.name for group in found if not group.hidden]
    visible = groups.filter(pl.col("group").is_in(shown))
    exposures = dict(exposure(cases, visible, seed=seed))
    adjusted = holm([one.p for one in exposures.values()]) if exposures else []
    placed = groups.drop_nulls("group")
    return Section(
        attribute=name,
        slice=slice_,
        groups=found,
        exposures=exposures,
        adjusted=dict(zip(exposures, adjusted, strict=True)),
        unknown=cases.join(placed, on=_ID, how="anti")[_ID].n_unique(),
    )


def _nights(runs: Path, since: date | None) -> list[Path]:
    """The nights looked at, the latest first."""
    if since is None:
        return [current_night(runs)]
    nights = [night for night in reversed(nights_of(runs)) if _as_of(night) >= since]
    if not nights:
        raise InputError(f"At least one night must be of {since} or later; {runs} has none.")
    return nights


def _as_of(night: Path) -> date:
    return date.fromisoformat(read_manifest(night)["as_of"])


def _cases(nights: Sequence[Path], top: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Applications, each brief by its last ranking; and brief_id, language of those briefs."""
    parts, languages = [], []
    seen: set[str] = set()
    for night in nights:
        table = night / "explain" / "briefs.parquet"
        briefs = pl.read_parquet(table, columns=["brief_id", "language"])
        new = briefs.filter(~pl.col("brief_id").is_in(list(seen)))
        seen.update(new["brief_id"])
        own = pl.col("brief_id").is_in(new["brief_id"].implode())
        longlist = pl.read_parquet(night / "longlist.parquet", columns=[*PAIR, "rank", "score"])
        stopped = pl.read_parquet(night / "ineligible.parquet", columns=PAIR)
        parts.append(applications(longlist.filter(own), stopped.filter(own), top))
        languages.append(new)
    return pl.concat(parts), pl.concat(languages).unique("brief_id")
