"""Maps what people write in four languages onto the codes that the stages compare."""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent / "vocabularies"
NOT_A_WORD: Final = re.compile(r"[^\w]+|_")
SPELLED_APART: Final = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe"})
LEVEL: Final = re.compile(r"\b([abc][12])\b")


@lru_cache(maxsize=100_000)
def plain(text: str) -> str:
    """Lower case without accents and punctuation, one space between words: the key of an alias."""
    folded = unicodedata.normalize("NFKD", text).casefold().translate(SPELLED_APART)
    bare = "".join(char for char in folded if not unicodedata.combining(char))
    return NOT_A_WORD.sub(" ", bare).strip()


def country_of(text: str) -> str | None:
    """ISO 3166 code of a country written as a code or a name in EN, FR, NL or DE."""
    return _aliases("countries").get(plain(text))


def language_of(text: str) -> str | None:
    """ISO 639-1 code of a language; `nl-BE` is `nl`."""
    key = plain(text)
    names = _aliases("languages")
    return names.get(key) or (names.get(key.split(" ")[0]) if re.match(r"[a-z]{2} ", key) else None)


def level_of(text: str) -> str | None:
    """CEFR level of a level written as such ("C1+", "niveau B2") or in words ("vloeiend")."""
    key = plain(text)
    found = LEVEL.search(key)
    return found[1].upper() if found else _aliases("levels").get(key)


def word_of(vocabulary: str, text: str) -> str | None:
    """The closed word of one section of words.toml that a text stands for."""
    return _aliases("words", vocabulary).get(plain(text))


@lru_cache(maxsize=100_000)
def function_of(text: str) -> str | None:
    """Code of the function that a free text (a job title, a department) names, or None.

    The alias that stands in the text with the most words wins, then the one with the most letters,
    then the earliest. An alias is a run of words; a word that ends with `*` stands for every word
    that starts so.
    """
    words = plain(text).split()
    best: tuple[int, int, int] = (0, 0, 0)
    code = None
    for start, word in enumerate(words):
        for alias, candidate in _runs().get(word[:2], ()):
            if not _matches(alias, words[start : start + len(alias)]):
                continue
            strength = (len(alias), sum(map(len, alias)), -start)
            if strength > best:
                best, code = strength, candidate
    return code


def _matches(alias: tuple[str, ...], words: list[str]) -> bool:
    return len(alias) == len(words) and all(
        word.startswith(part[:-1]) if part.endswith("*") else word == part
        for part, word in zip(alias, words, strict=True)
    )


@lru_cache
def _runs() -> Mapping[str, list[tuple[tuple[str, ...], str]]]:
    """Aliases of the functions as runs of words, filed under the first two letters."""
    runs: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for code, aliases in _load("functions").items():
        for alias in (code, *aliases):
            parts = re.split(r"[\s_-]+", alias)
            words = tuple(plain(part) + ("*" if part.endswith("*") else "") for part in parts)
            words = tuple(word for word in words if word)
            runs.setdefault(words[0][:2], []).append((words, code))
    return runs


@lru_cache
def _aliases(file: str, section: str | None = None) -> Mapping[str, str]:
    table = _load(file, section)
    return {plain(name): code for code, names in table.items() for name in (code, *names)}


@lru_cache
def _load(file: str, section: str | None = None) -> Mapping[str, list[str]]:
    content = tomllib.loads((FOLDER / f"{file}.toml").read_text(encoding="utf-8"))
    table: Mapping[str, list[str]] = content[section] if section else content
    return table
