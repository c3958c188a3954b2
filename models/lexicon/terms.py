"""Find the named things of the trade (tools, standards, laws, licences) by any of their names."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from models.lexicon.stems import fold

_TOKEN = re.compile(r"[^\W_]+[+#]*")
_CASED = "="  # marks an alias that counts only as it is spelt, such as =SAP beside the verb "sap"
_COLUMNS = ("id", "kind", "any", "en", "fr", "nl", "de")


@dataclass(frozen=True, slots=True)
class Term:
    """A named thing found at ``start:end`` of a text; ``kind`` is tool, law or the like."""

    id: str
    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Alias:
    tokens: tuple[str, ...]  # folded
    spelling: tuple[str, ...] | None  # as they must stand in the text, where case counts
    id: str
    kind: str


class Terms:
    """Aliases of one language (and of every language), looked up by their first token."""

    def __init__(self, aliases: Sequence[_Alias]) -> None:
        self._by_first: dict[str, list[_Alias]] = {}
        for alias in sorted(aliases, key=lambda alias: -len(alias.tokens)):
            self._by_first.setdefault(alias.tokens[0], []).append(alias)

    def find(self, text: str) -> list[Term]:
        """Return the terms of ``text`` from left to right, the longest alias at each place."""
        found: list[Term] = []
        places = [(m.group(), m.start(), m.end()) for m in _TOKEN.finditer(text)]
        tokens = [_fold(token) for token, _, _ in places]
        free = 0
        for at, token in enumerate(tokens):
            if at < free or token not in self._by_first:
                continue
            for alias in self._by_first[token]:
                end = at + len(alias.tokens)
                if tuple(tokens[at:end]) != alias.tokens:
                    continue
                if alias.spelling and tuple(p[0] for p in places[at:end]) != alias.spelling:
                    continue
                found.append(Term(alias.id, alias.kind, places[at][1], places[end - 1][2]))
                free = end
                break
        return found


def find_terms(text: str, language: str) -> list[Term]:
    """Find named tools, standards, laws, methods, qualifications and licences in ``text``.

    Aliases of the text's ``language`` and those of every language count: ``AVG`` is the data
    protection law in Dutch only.  Spans index into ``text``.
    """
    return load_terms(language).find(text)


@cache
def load_terms(language: str) -> Terms:
    """The terms that a text of ``language`` may name, read once."""
    aliases: list[_Alias] = []
    table = (files("models.lexicon") / "terms.tsv").read_text(encoding="utf-8")
    for line in table.splitlines():
        row = dict(zip(_COLUMNS, line.split("\t"), strict=True))
        # English names are used in every language; the other columns only in their own.
        columns = dict.fromkeys(("any", "en", language))
        names = [name for column in columns for name in row.get(column, "").split("|") if name]
        aliases += [_alias(name, row["id"], row["kind"]) for name in names]
    return Terms(aliases)


def _alias(name: str, id_: str, kind: str) -> _Alias:
    spelling = tuple(_TOKEN.findall(name.removeprefix(_CASED)))
    cased = name.startswith(_CASED)
    return _Alias(
        tokens=tuple(_fold(token) for token in spelling),
        spelling=spelling if cased else None,
        id=id_,
        kind=kind,
    )


@cache
def _fold_other(token: str) -> str:
    return fold(token)


def _fold(token: str) -> str:
    return token.lower() if token.isascii() else _fold_other(token)
