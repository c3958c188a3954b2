"""Read what a brief asks for: its lists where it has them, else the sentences of its prose."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import polars as pl

from data.schema.words import TIERS
from models.tokens import fold, tokenise

SCHEMA = {
    "brief_id": pl.String,
    "requirement": pl.Int32,
    "tier": pl.String,
    "text": pl.String,
    "source": pl.String,
    "language": pl.String,
}
_LISTS = {"must_have": "must", "should_have": "should", "nice_to_have": "nice"}
_SAME = 0.8  # share of common words (Jaccard) from which two requirements are one
_MOST_READ = 12  # requirements taken from prose

# Folded, in the four languages together: no cue of one means the contrary in another.
_CUES: Mapping[str, str] = {
    "none": r"not (?:needed|necessary|required|expected)|no need|\bdispens|is secondary"
    r"|pas (?:necessaire|requis|besoin|indispensable|obligatoire)|inutile|peu importe|n'est pas un"
    r"|hoeft|niet (?:nodig|vereist|noodzakelijk)|geen (?:vereiste|breekpunt|must)|maakt niet uit"
    r"|nicht (?:notig|erforderlich|notwendig|zwingend)|kein muss|egal",
    "nice": r"nice[- ]to[- ]have|(?:a|is a|big|strong|real) (?:plus|bonus|asset)|advantage|ideally"
    r"|prefer|welcome|would help|\bhelps\b|bonus points?|desirable"
    r"|(?:un|serait un|gros|vrai) (?:plus|atout)|ideal|souhait|apprecie|de preference|bienvenu"
    r"|een (?:plus|troef|meerwaarde)|pluspunt|mooi meegenomen|bij voorkeur|liefst|welkom|wenselijk"
    r"|von vorteil|wunschenswert|gern(?:e)? gesehen|bevorzugt|willkommen",
    "must": r"\bmust\b|require|essential|mandatory|indispensab|insist|at least|minimum|\bneeds?\b"
    r"|imperati|obligatoire|requis|exige|il faut|necessaire|doit\b|au moins|incontournable"
    r"|noodzakelijk|vereist|verplicht|\bmoet(?:en)?\b|minstens|minimaal|onontbeerlijk|nodig"
    r"|zwingend|erforderlich|\bmuss\b|mindestens|voraussetzung|notwendig|unabdingbar",
    "should": r"experience|knowledge|skill|looking for|background|able to|proficien|familiar"
    r"|hands-on"
    r"|should|expect|track record|comfortable|wanted|somebody|someone|what (?:we|he|she|they) want"
    r"|connaissance|maitrise|capable|profil|cherch|besoin|quelqu'un|a l'aise|competence|diplome"
    r"|ervaring|kennis|vaardig|zoeken|zoekt|gezocht|gevraagd|iemand|profiel|beheers|vertrouwd"
    r"|diploma"
    r"|erfahrung|kenntnis|fahigkeit|gesucht|suchen|jemand|profil|vertraut|sicher im umgang"
    r"|abschluss",
}
_CUE = {tier: re.compile(pattern) for tier, pattern in _CUES.items()}
_BULLET = re.compile(r"^\s*(?:[-–—•*·▪]|\d{1,2}[.)])\s+")  # noqa: RUF001 (dashes as people type them)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[^\W\d_])|\n+|(?<=;)\s+")
_TAGS = re.compile(r"<[^>]{1,80}>")


def read_requirements(briefs: pl.DataFrame) -> pl.DataFrame:
    """The requirements of every brief, must before should before nice.

    Takes the brief table (title and description are enough). A brief without lists is read from its
    description: sentences and bullets with a cue word, their tier by the cue, a heading lending
    its tier to the bullets under it; its title is required too. Doubles are merged into the
    higher tier. Columns as in `SCHEMA`.
    """
    rows = [
        {**requirement, "brief_id": brief["brief_id"], "requirement": place}
        for brief in briefs.iter_rows(named=True)
        for place, requirement in enumerate(_of_brief(brief))
    ]
    return pl.DataFrame(rows, schema=SCHEMA)


def _of_brief(brief: Mapping[str, Any]) -> list[dict[str, str]]:
    language = brief.get("language") or "en"
    found = [
        (tier, text, column) for column, tier in _LISTS.items() for text in brief.get(column) or ()
    ]
    if not found:
        prose = list(_from_prose(brief.get("description") or ""))[:_MOST_READ]
        found = prose or [("should", text, "objectives") for text in brief.get("objectives") or ()]
        found.insert(0, ("must", brief["title"], "title"))
    found.sort(key=lambda row: TIERS.index(row[0]))
    return [
        {"tier": tier, "text": text, "source": source, "language": language}
        for tier, text, source in _distinct(found, language)
    ]


def _distinct(
    found: Iterable[tuple[str, str, str]], language: str
) -> Iterator[tuple[str, str, str]]:
    seen: list[frozenset[str]] = []
    for tier, text, source in found:
        terms = frozenset(tokenise(text, language)) or frozenset([fold(text).strip()])
        if not text.strip() or any(len(terms & s) >= _SAME * len(terms | s) for s in seen):
            continue
        seen.append(terms)
        yield tier, text.strip(), source


def _from_prose(text: str) -> Iterator[tuple[str, str, str]]:
    heading = None
    for line in _TAGS.sub("\n", text).split("\n"):
        bullet = bool(_BULLET.match(line))
        stripped = _BULLET.sub("", line).strip()
        if not bullet and stripped.endswith(":"):
            heading = _tier(stripped)
            continue
        if not bullet and stripped:
            heading = None
        for sentence in _SENTENCE.split(stripped):
            tier = _tier(sentence) or (heading if bullet else None)
            if tier and tier != "none" and len(sentence.split()) > 1:
                yield tier, sentence.strip(), "description"


def _tier(sentence: str) -> str | None:
    folded = fold(sentence)
    return next((tier for tier, cue in _CUE.items() if cue.search(folded)), None)
