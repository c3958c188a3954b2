"""Read the text of a CV: personal data out, language, sections, dated roles, passages."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import polars as pl

from data.cv.experiences import Experience, read_experiences
from data.cv.passages import cut_passages
from data.cv.sections import Line, cut_lines, cut_sections
from data.text.clean import clean, fold
from data.text.dates import Period, find_periods
from data.text.headings import PERSONAL
from data.text.language import detect_language
from data.text.redact import redact

PASSAGE_COLUMNS: Final[dict[str, type[pl.DataType]]] = {
    "passage": pl.Int32,
    "section": pl.String,
    "text": pl.String,
    "start_char": pl.Int64,
    "end_char": pl.Int64,
    "experience": pl.Int32,
    "start": pl.Date,
    "end": pl.Date,
}
EXPERIENCE_COLUMNS: Final[dict[str, type[pl.DataType]]] = {
    "experience": pl.Int32,
    "title": pl.String,
    "organisation": pl.String,
    "sector": pl.String,
    "country": pl.String,
    "start": pl.Date,
    "end": pl.Date,
    "engagement": pl.String,
    "description": pl.String,
    "start_char": pl.Int64,
    "end_char": pl.Int64,
}
_TITLES: Final = frozenset({"curriculum vitae", "cv", "resume", "lebenslauf"})
_LABEL_LETTERS: Final = 8  # "GSM", "Tel" and the like beside a marker
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
Row = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Cv:
    """A CV that was read; every span of `passages` and `experiences` indexes into `text`."""

    text: str
    language: str
    experiences: pl.DataFrame
    passages: pl.DataFrame


def read_cv(text: str, *, language: str | None = None, as_of: date | None = None) -> Cv:
    """Return the CV with its personal data masked, cut into dated roles and passages.

    `text` is the visible text of a document. A passage never crosses a section or a role and is an
    exact substring: `cv.text[start_char:end_char]`. `description` of a role is its span
    `start_char:end_char` (without the header); `sector` is left for others to fill. Dates more
    than a year after `as_of` are ignored. `language` saves the detection where it is known.
    """
    redacted, language, experiences, passages = parse_cv(text, language=language, as_of=as_of)
    return Cv(
        text=redacted,
        language=language,
        experiences=pl.DataFrame(experiences, schema=EXPERIENCE_COLUMNS, orient="row"),
        passages=pl.DataFrame(passages, schema=PASSAGE_COLUMNS, orient="row"),
    )


def parse_cv(
    text: str, *, language: str | None = None, as_of: date | None = None
) -> tuple[str, str, list[Row], list[Row]]:
    """As `read_cv`, with rows in place of frames: a shard makes one frame of many CVs."""
    text = redact(clean(text))
    periods = find_periods(text, as_of=as_of)
    text = _without_graduation(text, periods)
    experiences: list[Row] = []
    passages: list[Row] = []
    for section, lines, role in _blocks(text, periods, as_of):
        number = None
        if role is not None:
            number = len(experiences)
            experiences.append(_experience_row(number, role, text))
        for span in cut_passages(text, [line for line in lines if _tells(line.text)]):
            passages.append(
                {
                    "passage": len(passages),
                    "section": section,
                    "text": text[span.start : span.end],
                    "start_char": span.start,
                    "end_char": span.end,
                    "experience": number,
                    "start": role.period.start if role else None,
                    "end": role.period.end if role else None,
                }
            )
    return text, language or detect_language(text), experiences, passages


def _without_graduation(text: str, periods: Sequence[Period]) -> str:
    """The text with the years of education masked, at equal length: they tell the age."""
    for section in cut_sections(cut_lines(text), periods):
        if section.name == "education" and section.lines:
            first, last = section.lines[0].start, section.lines[-1].end
            text = text[:first] + _YEAR.sub("[yr]", text[first:last]) + text[last:]
    return text


def _blocks(
    text: str, periods: Sequence[Period], as_of: date | None
) -> Iterator[tuple[str, Sequence[Line], Experience | None]]:
    """Yield what passages must not cross: sections, and within them the roles."""
    sections = cut_sections(cut_lines(text), periods)
    headed = any(section.name == "experience" for section in sections)
    for section in sections:
        name = "other" if section.name == PERSONAL else section.name
        if section.name != "experience" and (
            headed or section.name not in {"summary", "projects", "other"}
        ):
            yield name, section.lines, None
            continue
        before, roles = read_experiences(section, periods, as_of)
        yield name, before, None
        for role in roles:
            yield "experience", role.lines, role


_MARKER = re.compile(r"\[[a-z-]+\]")
_PIECES = re.compile(r"[|;•·]|  ")


def _tells(line: str) -> bool:
    """Whether more than labels and markers stands in the line, or nothing of the kind."""
    if "[" not in line:
        return fold(line).strip(" :") not in _TITLES
    pieces = (_MARKER.sub("", piece).rpartition(":")[2] for piece in _PIECES.split(line))
    return sum(c.isalpha() for piece in pieces for c in piece) > _LABEL_LETTERS


def _experience_row(number: int, role: Experience, text: str) -> Row:
    start = role.description[0].start if role.description else None
    end = role.description[-1].end if role.description else None
    return {
        "experience": number,
        "title": role.header.title,
        "organisation": role.header.organisation,
        "sector": None,
        "country": role.header.country,
        "start": role.period.start,
        "end": role.period.end,
        "engagement": role.header.engagement,
        "description": "" if start is None else text[start:end],
        "start_char": start,
        "end_char": end,
    }
