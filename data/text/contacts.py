# ruff: noqa: RUF001 - the dashes, quotes and broken characters of real CVs are meant
"""Patterns of contacts and homes that give themselves away by their form."""

import re
from typing import Final

from data.text.dates import fold_in_place

_E_MAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64} ?@ ?[A-Za-z0-9][A-Za-z0-9-]{0,62}"
    r"(?:\.[A-Za-z0-9-]{1,63}){0,4}\.[A-Za-z]{2,12}\b"
)
_LINK = re.compile(
    r"\b(?:https?://|www\.)[^\s|<>\])\"]{3,300}"
    r"|\b(?:linkedin\.com|github\.com|xing\.com|twitter\.com|facebook\.com)/[^\s|)]{1,200}"
    r"|\bskype ?: ?\S{3,60}",
    re.IGNORECASE,
)
_NATIONAL_NUMBER = re.compile(r"(?<!\d)\d{2}\.\d{2}\.\d{2}[ -]\d{3}[.-]\d{2}(?!\d)")
_PHONE = re.compile(
    r"(?<![\w.,/€$£-])(?:"
    r"(?:\+|00)[1-9]\d{0,2}[ ./-]{0,2}(?:\(0\) ?)?\(?\d{1,4}\)?(?:[ ./-]{0,2}\d{2,4}){2,5}"
    r"|\(?0\d{1,3}\)?[ ./-]{0,2}\d{2,4}(?:[ ./-]{0,2}\d{2,4}){1,3}"
    r"|\(?[2-9]\d{2}\)?[ .-]\d{3}[.-]\d{4})(?![\w/])"
)
_A_DATE = re.compile(
    r"(?<!\d)(?:0?\d|1[0-2])[/.-](?:19|20)\d\d|/\d\d?/|(?<!\d)(?:19|20)\d\d[ -]{1,3}(?:19|20)\d\d"
)
_WORD = r"[A-ZÉÈ][\w'’-]{1,25}"
_WAY = (
    r"(?i:rue|avenue|av\.|boulevard|bd|chauss[ée]e|place|quai|allée|chemin|impasse|clos|square"
    r"|route)"
    rf" (?:(?:de la|de l'|du|des|de|d'|la|le|les|l'|aux?) ?)?{_WORD}(?:[ -](?:de |du "
    rf"|la )?[A-ZÉÈ][\w'’]{{1,25}}){{0,3}}"
)
_STREET = re.compile(
    rf"\b\d{{1,5}}[a-zA-Z]?,? (?:{_WORD} ){{1,3}}"
    r"(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Boulevard|Blvd|Court|Ct|Way|Terrace)\b\.?"
    rf"|\b\d{{1,4}}(?: ?(?:bis|ter|[a-zA-Z]))?,? {_WAY}"
    rf"|\b{_WAY},? ?\d{{1,4}}[a-zA-Z]?\b(?: ?(?:bte|bo[iî]te) ?\d{{1,4}})?"
    rf"|\b(?:{_WORD} ){{0,2}}[A-Z][\w'’-]{{1,30}}(?:straat|laan|weg|plein|lei|steenweg|dreef|baan"
    rf"|kaai|gracht|kade"
    r"|singel|hof|stra(?:ß|ss)e|str\.|platz|allee|gasse|damm"
    r"|ufer) ?\d{1,4} ?[a-zA-Z]?\b(?: ?(?:bus|box|bte) ?\d{1,4})?"
    rf"|\b{_WORD} (?:[Ss]tra(?:ß|ss)e|[Ss]teenweg|[Ww]eg|[Aa]llee|[Ll]aan"
    rf"|[Pp]lein) \d{{1,4}} ?[a-zA-Z]?\b"
)
_TOWN = re.compile(
    rf"(?<![\w.,/-])(?:(?:BE|LU|DE|FR|NL|CH|AT|B|L|D|F"
    rf"|A)-? ?)?\d{{4,5}}(?: [A-Z]{{2}}(?= [A-Z]))? {_WORD}"
    rf"(?:[ -]{_WORD}){{0,2}}"
)
_BRITISH_TOWN = re.compile(rf"{_WORD},? [A-Z]{{1,2}}\d[\dA-Z]? \d[A-Z]{{2}}\b")
_YEAR = re.compile(r"(?:19|20)\d\d ")
_BORN = re.compile(
    r"(?:° ?|\b(?:born|nee?|geboren|geb\.) (?:(?:on|in|le|en|op|am|te) )?)(?:[a-z]{2,20},? (?:on"
    r"|le|op|am) )?"
    r"(?:\d{1,2}(?:[./-]\d{1,2}[./-]|(?:er|th|st|nd|rd|\.)? [a-z]{3,10}\.? ))?(?:19|20)\d\d\b"
    r"(?: (?:in|a|te) [a-z-]{2,20})?"
)
_AGE = re.compile(
    r"(?:^|(?<=[|•·,;–-] )|(?<=  ))[1-7]\d (?:years? old|years of age|ans|jaar oud|jaar|jahre alt"
    r"|jahre)"
    r"(?=$| ?[|•·,;-]|  )"
)
_STATUS = re.compile(
    r"(?:^|(?<=[|•·,;–-] )|(?<=  ))(?:married|single|divorced|widowed|cohabiting|mariee?"
    r"|celibataire|divorcee?|pacsee?"
    r"|gehuwd|ongehuwd|gescheiden|samenwonend|verheiratet|ledig|geschieden)"
    r"(?:,? (?:with |avec |met |mit |en )?(?:\d|one|two|three|un|deux|trois|een|twee|drie|zwei"
    r"|drei|ein)"
    r" (?:children|child|enfants?|kinderen|kinder|kind))?(?=$| ?[|•·,;–-])"
)
_NATIONALITY = re.compile(
    r"(?:^|(?<=[|•·,;–-] )|(?<=  ))(?:belgian|french|dutch|german|british|american|italian|spanish"
    r"|belge|francaise?"
    r"|neerlandaise?|allemande?|luxembourgeoise?|belg|belgische?|franse|nederlandse|duitse"
    r"|belgier(?:in)?"
    r"|deutscher?|franzose|staatsburger) ?(?:nationality|citizen|nationaliteit|nationalite)?(?=$"
    r"| ?[|•·,;])"
)
_HOME: Final = (
    ("birth", _BORN),
    ("birth", _AGE),
    ("status", _STATUS),
    ("nationality", _NATIONALITY),
)
_SHORT_LINE: Final = 120


def mask_contacts(text: str) -> str:
    """Replace e-mail addresses, links, national numbers and phone numbers anywhere in the text."""
    if "@" in text:
        text = _E_MAIL.sub("[e-mail]", text)
    text = _NATIONAL_NUMBER.sub("[number]", _LINK.sub("[link]", text))
    return _PHONE.sub(lambda m: "[phone]" if _is_phone(m[0]) else m[0], text)


def mask_home(line: str) -> str:
    """Replace address, birth, age, family and nationality in a line that is about the person."""
    if len(line) > _SHORT_LINE:
        return line
    line = _STREET.sub("[address]", line)
    line = _BRITISH_TOWN.sub("[address]", line)
    line = _TOWN.sub(lambda m: _mask_town(m, line), line)
    for kind, pattern in _HOME:
        for match in reversed(list(pattern.finditer(fold_in_place(line)))):
            line = f"{line[: match.start()]}[{kind}]{line[match.end() :]}"
    return line


def _mask_town(match: re.Match[str], line: str) -> str:
    """A postcode that could be a year ("2000 Antwerpen") counts only where an address can stand."""
    if _YEAR.match(match[0]) and not (match.start() == 0 or "[address]" in line):
        return match[0]
    return "[address]"


def _is_phone(words: str) -> bool:
    digits = sum(c.isdigit() for c in words)
    return 9 <= digits <= 15 and not _A_DATE.search(words)
