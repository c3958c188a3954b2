"""Carry words and phrases between English, French, Dutch and German by a table of translations."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from data.schema.words import LANGUAGES
from models.lexicon.stems import FUNCTION_WORDS, stem, stems, words_of

_COMPOUNDING = frozenset({"nl", "de"})
_LINKS = ("", "s", "en", "e", "n", "es", "er")
_LONGEST = 6  # content words in a phrase
_SHORTEST_PART = 3  # letters in a part of a compound


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One meaning: its terms in each language, the preferred one first."""

    terms: dict[str, tuple[str, ...]]


@dataclass(frozen=True, kw_only=True)
class Match:
    """Words ``start:end`` of a text (content words) and the entries they may mean, best first."""

    start: int
    end: int
    entries: tuple[int, ...]


class Lexicon:
    """Entries that can be found by a phrase of any of the four languages."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = list(entries)
        self._phrases = {language: self._index(language) for language in LANGUAGES}

    def _index(self, language: str) -> dict[tuple[str, ...], tuple[int, ...]]:
        found: dict[tuple[str, ...], list[tuple[int, int]]] = {}
        for number, entry in enumerate(self.entries):
            for preference, term in enumerate(entry.terms[language]):
                found.setdefault(tuple(stems(term, language)), []).append((preference, number))
        return {
            phrase: tuple(dict.fromkeys(number for _, number in sorted(hits)))
            for phrase, hits in found.items()
            if phrase
        }

    def match(self, words: Sequence[str], language: str) -> list[Match]:
        """Cover the content ``words`` (folded) by phrases, longest first from the left.

        An unknown Dutch or German word is split into known parts.  A word that nothing covers
        comes back as a match without entries.
        """
        phrases = self._phrases[language]
        reduced = [stem(word, language) for word in words]
        matches, at = [], 0
        while at < len(words):
            for end in range(min(len(words), at + _LONGEST), at, -1):
                entries = phrases.get(tuple(reduced[at:end]))
                if entries:
                    break
            if entries:
                matches.append(Match(start=at, end=end, entries=entries))
                at = end
                continue
            parts = self._split(words[at], language) if language in _COMPOUNDING else ()
            matches += [Match(start=at, end=at + 1, entries=part) for part in parts or ((),)]
            at += 1
        return matches

    @lru_cache(maxsize=100_000)  # noqa: B019 - there is one lexicon, held for the whole run
    def _split(self, word: str, language: str) -> tuple[tuple[int, ...], ...]:
        """Entries of the parts of a compound: the split with the fewest parts, or none."""
        phrases = self._phrases[language]
        best: dict[int, tuple[tuple[int, ...], ...]] = {0: ()}
        for start in range(len(word)):
            if start not in best:
                continue
            for end in range(start + _SHORTEST_PART, len(word) + 1):
                entries = phrases.get((stem(word[start:end], language),))
                if not entries:
                    continue
                for link in _LINKS if end < len(word) else ("",):
                    after = end + len(link)
                    if word.startswith(link, end) and (
                        after not in best or len(best[after]) > len(best[start]) + 1
                    ):
                        best[after] = (*best[start], entries)
        return best.get(len(word), ())

    def translate(self, text: str, source: str, target: str) -> str:
        """Gloss ``text`` word by word and phrase by phrase; unknown words stay as they are."""
        words = content_words(text, source)
        glosses = []
        for match in self.match(words, source):
            known = (self.entries[number].terms[target] for number in match.entries)
            gloss = next((terms[0] for terms in known if terms), None)
            glosses.append(gloss or " ".join(words[match.start : match.end]))
        return " ".join(glosses)

    def coverage(self, text: str, language: str) -> float:
        """Share of the content words of ``text`` that the lexicon knows in ``language``."""
        matches = self.match(content_words(text, language), language)
        return sum(bool(match.entries) for match in matches) / max(1, len(matches))


def content_words(text: str, language: str) -> list[str]:
    """Folded words of ``text`` without its function words."""
    return [word for word, _, _ in words_of(text) if word not in FUNCTION_WORDS[language]]


def read_entries(lines: Iterable[str]) -> Iterator[Entry]:
    """Read ``en<TAB>fr<TAB>nl<TAB>de`` lines; ``|`` separates terms, ``(…)`` says the sense."""
    for line in lines:
        cells = [cell.split("|") for cell in line.rstrip("\n").split("\t")]
        cells[0] = [term.split(" (")[0] for term in cells[0]]
        pairs = zip(LANGUAGES, cells, strict=True)
        yield Entry(terms={language: tuple(filter(None, terms)) for language, terms in pairs})


@cache
def load_lexicon() -> Lexicon:
    """The lexicon of this package, read once."""
    folder = files("models.lexicon") / "words"
    tables = sorted((f for f in folder.iterdir() if f.name.endswith(".tsv")), key=lambda f: f.name)
    return Lexicon(
        [
            entry
            for table in tables
            for entry in read_entries(table.read_text(encoding="utf-8").splitlines())
        ]
    )
