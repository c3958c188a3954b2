# ruff: noqa: RUF001 - the dashes, quotes and broken characters of real CVs are meant
"""Find the candidate's own name at the top of a CV, so that it can be masked everywhere."""

import re
from typing import Final

from data.text.clean import fold
from data.text.headings import heading_section
from data.text.roles import is_trade_word

MARKER: Final = "[name]"
_HEAD_LINES: Final = 3
_MOST_WORDS: Final = 5
_TOKEN = re.compile(r"[^\W\d_][\w'’.-]{0,24}$")
_PARTICLES: Final = frozenset(
    ("van", "von", "de", "der", "den", "du", "la", "le", "da", "di", "dos", "zu", "ten", "ter")
)
_TITLES: Final = (
    r"(?:mr|mrs|ms|dr|ing|ir|dipl|prof|m|mme|mlle|monsieur|madame|dhr|mevr|mevrouw|de heer"
    r"|herr|frau)\.? "
)
_COURTESY = re.compile(rf"^(?:{_TITLES})+", re.IGNORECASE)
_ADDRESSED = re.compile(rf"(?<!\w){_TITLES}(?={re.escape(MARKER)})", re.IGNORECASE)
_TITLE_LINE = re.compile(
    r"^(?:curriculum vitae|cv|c\.v\.|resume|lebenslauf|profiel|profil)(?:\s*(?:of|de|van|von|:|-|–"
    r"|\|)\s*|\s+|$)",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    r"^\W{0,3}(?:full name|name|nom(?: et pr[ée]nom)?|pr[ée]nom et nom|naam|voornaam en naam)"
    r" ?: {0,2}(?P<value>[^\n|;•·:]{3,60}?)(?:  |$|[|;•·,])",
    re.IGNORECASE | re.MULTILINE,
)
_E_MAIL_USER = re.compile(r"(?<![\w.+-])([\w.+-]{1,64})\s?@\s?[\w-]{1,63}\.")
_CONTACT = re.compile(
    r"@|\+\d{2}|\b0\d{2,3}[ /.]|linkedin|\[(?:e-mail|phone|address|birth|link|nationality)\]"
    r"|^(?:e-?mail|phone|tel|gsm|mobile|address|adresse?|born|geboren|nee? le|nationalit)",
    re.IGNORECASE | re.MULTILINE,
)


def find_name(text: str) -> tuple[str, ...]:
    """Return the words of the candidate's name, or nothing where the CV gives no sure sign.

    Sure are: a label; a line of two to five capitalised words that shares a word with the e-mail
    address (two where one of them is a trade, as in "Eva Meester"); or one that stands first, names
    no trade and appears nowhere in lower case. In capitals only, as titles often are, it needs
    contact details close below too.
    """
    labelled = _LABELLED.search(text[:3000])
    if labelled and (words := _name_words(labelled["value"])):
        return words
    lines = [line.strip() for line in text[:3000].split("\n") if line.strip()]
    match = _E_MAIL_USER.search(text[:3000])
    user = fold(match[1]) if match else ""
    contact = bool(_CONTACT.search("\n".join(text[:1500].split("\n")[:25])))
    for number, line in enumerate(lines):
        if heading_section(line):
            continue
        words = _name_words(line)
        if not words:
            continue
        in_address = sum(len(w) > 2 and fold(w) in user for w in words)
        trade = [is_trade_word(w) for w in words]
        if in_address >= 2 - (not any(trade)) and not all(trade):
            return words
        first = (number == 0 and not line.isupper()) or (contact and number < _HEAD_LINES)
        if first and not any(trade) and not _common(words, text):
            return words
    return ()


def mask_name(text: str, words: tuple[str, ...]) -> str:
    """Replace the full name, then its single words where they cannot be ordinary words."""
    whole = r"[ \t]+".join(re.escape(w) for w in words)
    backwards = r",?[ \t]+".join(re.escape(w) for w in reversed(words))
    text = re.sub(rf"(?<!\w)(?:{whole}|{backwards})(?!\w)", MARKER, text, flags=re.IGNORECASE)
    for word in words:
        if len(word) > 2 and fold(word) not in _PARTICLES and not _common((word,), text):
            text = re.sub(
                # Before a figure it may be a month: "Jan 2023" stays a date.
                rf"(?<!\w)(?:{re.escape(word)}|{re.escape(word.upper())})(?!\w|\.? ?\d)",
                MARKER,
                text,
            )
    text = re.sub(rf"{re.escape(MARKER)}(?: {re.escape(MARKER)})+", MARKER, text)
    return _ADDRESSED.sub("", text)


def _name_words(line: str) -> tuple[str, ...]:
    line = _COURTESY.sub("", _TITLE_LINE.sub("", line)).strip(" ,|-–")
    line = re.split(r"[|,;(•]| [–-] ", line)[0].strip()
    if len(line.split()) > _MOST_WORDS:
        line = line.split("  ")[0]
    words = tuple(line.split())
    if not 2 <= len(words) <= _MOST_WORDS or len(line) > 45:
        return ()
    if not all(_TOKEN.match(w) and (w[0].isupper() or fold(w) in _PARTICLES) for w in words):
        return ()
    return words


def _common(words: tuple[str, ...], text: str) -> bool:
    """Whether one of the words is also written in lower case somewhere: then it is no name."""
    lower = [re.escape(w.lower()) for w in words if fold(w) not in _PARTICLES and len(w) > 1]
    return (
        bool(lower) and re.search(rf"(?<![\w@.])(?:{'|'.join(lower)})(?![\w@.])", text) is not None
    )
