"""The attacks of an audit: what somebody may do to a CV to rank higher without being better."""

import random
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle
from typing import Final

from data.cv.read import read_cv
from data.text.language import detect_language
from models.lexicon.words import load_lexicon


@dataclass(frozen=True, kw_only=True)
class Wording:
    """What an attacker knows of a brief: all that the client lets a candidate read."""

    title: str
    requirements: Sequence[str]
    description: str
    language: str

    @property
    def lines(self) -> list[str]:
        """The brief as somebody would paste it."""
        return [line for line in (self.title, *self.requirements, self.description) if line]

    @property
    def keywords(self) -> list[str]:
        """Its different words of five letters and more, in their order."""
        return list(dict.fromkeys(_LONG_WORD.findall(" ".join(self.lines))))


Attack = Callable[[str, Wording, random.Random], str]

_LONG_WORD = re.compile(r"\b[^\W\d_]{5,}\b")
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_TOLD = 6  # words from which a line tells something
_TIMES = 5
_DONE: Final[Mapping[str, Sequence[str]]] = {
    "en": ("Delivered: {}, two months ahead of plan", "Led {} and saved 18 %"),
    "fr": ("Mené à bien : {}, deux mois avant le terme", "Piloté {} et économisé 18 %"),
    "nl": ("Gerealiseerd: {}, twee maanden voor op schema", "Leiding over {}, 18 % bespaard"),
    "de": ("Umgesetzt: {}, zwei Monate vor Plan", "{} geleitet und 18 % eingespart"),
}
_PRAISE: Final[Mapping[str, str]] = {
    "en": "I adapt fast to any change, stay calm in a crisis, learn new systems within days, solve "
    "problems creatively, and win the trust of people of every culture from the first day.",
    "fr": "Je m'adapte vite à tout changement, reste calme en situation de crise, apprends un "
    "nouveau système en quelques jours, résous les problèmes avec créativité et gagne la confiance "
    "de personnes de toute culture dès le premier jour.",
    "nl": "Ik pas mij snel aan elke verandering aan, blijf kalm in een crisis, leer een nieuw "
    "systeem in enkele dagen, los problemen creatief op en win vanaf de eerste dag het vertrouwen "
    "van mensen uit elke cultuur.",
    "de": "Ich passe mich schnell an jede Veränderung an, bleibe in Krisen ruhig, lerne neue "
    "Systeme in wenigen Tagen, löse Probleme kreativ und gewinne vom ersten Tag an das Vertrauen "
    "von Menschen aller Kulturen.",
}


def paste_brief(text: str, brief: Wording, rng: random.Random) -> str:
    """The whole brief below the CV."""
    return _below(text, brief.lines)


def translation(text: str, brief: Wording, rng: random.Random) -> str:
    """The whole brief below the CV in the CV's own language, or in another if it is the brief's."""
    target = detect_language(text)
    if target == brief.language:
        target = "fr" if target != "fr" else "en"
    lexicon = load_lexicon()
    return _below(text, (lexicon.translate(x, brief.language, target) for x in brief.lines))


def repeated_keywords(text: str, brief: Wording, rng: random.Random) -> str:
    """The keywords of the brief, five times."""
    return _below(text, ["Keywords", *[", ".join(brief.keywords)] * _TIMES])


def strewn_keywords(text: str, brief: Wording, rng: random.Random) -> str:
    """The keywords of the brief in any order, one by one at the ends of lines that tell."""
    lines = text.splitlines()
    told = [n for n, line in enumerate(lines) if len(line.split()) >= _TOLD] or range(len(lines))
    words = brief.keywords
    for place, word in zip(cycle(told), rng.sample(words, len(words))):
        lines[place] += f" {word}"
    return "\n".join(lines)


def listed_skills(text: str, brief: Wording, rng: random.Random) -> str:
    """Everything that the brief asks for as a list of skills, in no role."""
    return _below(text, ["Skills", ", ".join([brief.title, *brief.requirements])])


def achievements(text: str, brief: Wording, rng: random.Random) -> str:
    """Everything that the brief asks for as done, with results, in the newest role."""
    forms = cycle(_DONE.get(brief.language, _DONE["en"]))
    return _into_roles(text, [[next(forms).format(asked) for asked in brief.requirements]])


def spread_brief(text: str, brief: Wording, rng: random.Random) -> str:
    """The brief sentence by sentence over all roles."""
    sentences = [part for line in brief.lines for part in _SENTENCE.split(line)]
    roles = max(1, read_cv(text).experiences.height)
    return _into_roles(text, [sentences[first::roles] for first in range(roles)])


def claimed_title(text: str, brief: Wording, rng: random.Random) -> str:
    """The title of the brief in place of the title of the newest role, or over a CV without one."""
    read = read_cv(text)
    roles = read.experiences.drop_nulls(["title", "start_char"])
    for title, told in roles.select("title", "start_char").iter_rows():
        at = read.text.rfind(title, 0, told)
        if at >= 0:
            return read.text[:at] + brief.title + read.text[at + len(title) :]
    return f"{brief.title}\n{text}"


def self_praise(text: str, brief: Wording, rng: random.Random) -> str:
    """Praise of one's own adaptability, five times, as a summary."""
    praise = _PRAISE.get(detect_language(text), _PRAISE["en"])
    head, _, rest = text.lstrip().partition("\n")
    return "\n".join([head, "", "Profile", *[praise] * _TIMES, "", rest])


ATTACKS: Final[Mapping[str, Attack]] = {
    "brief pasted below the CV": paste_brief,
    "brief in translation": translation,
    "brief spread over all roles": spread_brief,
    "requirements as done in a role": achievements,
    "requirements listed as skills": listed_skills,
    "keywords five times": repeated_keywords,
    "keywords strewn over the CV": strewn_keywords,
    "title of the brief claimed": claimed_title,
    "adaptability praised five times": self_praise,
}
COPYING: Final = tuple(name for name in ATTACKS if "title" not in name and "praised" not in name)
"""The attacks that repeat the wording of a brief: those that the flag for it must not miss."""


def _below(text: str, lines: Iterable[str]) -> str:
    return "\n".join([text.rstrip(), "", *lines, ""])


def _into_roles(text: str, told: Sequence[Sequence[str]]) -> str:
    """The lines `told[i]` at the end of role i; all of them below a CV without roles."""
    read = read_cv(text)
    ends = sorted(read.experiences["end_char"].drop_nulls())
    if not ends:
        return _below(text, [line for lines in told for line in lines])
    result = read.text
    for end, lines in reversed(list(zip(ends, told, strict=False))):
        result = "\n".join([result[:end], *lines]) + result[end:]
    return result
