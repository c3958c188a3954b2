# ruff: noqa: RUF001 - the dashes of real CVs are meant
"""Take personal data out of a CV before anything else reads it; each is replaced by a short marker.

The professional content stays: a pattern must be sure by its form (an e-mail address), by its label
("Nationalité : ...") or by its place (above the first heading, or under "Personalia").
"""

import re
from itertools import pairwise
from typing import Final

from data.text.contacts import mask_contacts, mask_home
from data.text.dates import fold_in_place
from data.text.headings import PERSONAL, heading_section
from data.text.names import find_name, mask_name

_LABELS: Final = {
    "name": "name|full name|first name|last name|surname|father name|nom|prenom|nom et prenom"
    "|nom de famille"
    "|naam|voornaam|achternaam|familienaam|naam en voornaam|voornaam en naam|vorname|nachname"
    "|familienname",
    "birth": "date of birth|birth date|birthdate|dob|born|born on|place of birth|age"
    "|date de naissance|lieu de naissance|date et lieu de naissance|ne le|nee le|ne(e) le"
    "|geboortedatum|geboorteplaats|geboren|geboren op|leeftijd|geboortedatum en -plaats"
    "|geburtsdatum|geburtsort|geburtstag|alter|geburtsdatum und -ort|geboren am",
    "nationality": "nationality|citizenship|nationalite|nationaliteit"
    "|nationalitat|staatsangehorigkeit|staatsburgerschaft",
    "gender": "gender|sex|sexe|geslacht|geschlecht",
    "status": "marital status|civil status|family status|family situation|religion"
    "|etat civil|situation familiale|situation de famille|enfants"
    "|burgerlijke staat|burgerlijke stand|gezinssituatie|familienstand|kinder|kinderen|konfession",
    "address": "address|home address|postal address|place of residence|adresse|adresse postale"
    "|domicile"
    "|adres|thuisadres|woonplaats|woonadres|anschrift|wohnort|wohnhaft in",
    "phone": "phone|phone number|telephone|mobile|mobile phone|cell|cell phone|tel|gsm|fax|portable"
    "|telefoon|mobiel|telefon|handy|mobil|telefoonnummer|mobilnummer",
    "number": "national number|social security number|passport|passport number|passport no"
    "|id number"
    "|numero national|registre national|numero de registre national|numero de securite sociale|niss"
    "|rijksregister|rijksregisternummer|bsn|insz|sozialversicherungsnummer",
    "photo": "photo|foto|picture|lichtbild",
}
_KIND_OF: Final = {label: kind for kind, labels in _LABELS.items() for label in labels.split("|")}
_ANY: Final = "|".join(re.escape(label) for label in sorted(_KIND_OF, key=len, reverse=True))
_LABELLED: Final = re.compile(
    rf"(?:^|[|;•·,/*()-] ?|  |(?<=[.\]] ))(?P<label>{_ANY})\.? ?[:=]\s{{0,4}}"
)
_STOP: Final = re.compile(rf"[|;•·()]|  | [–-] |[,/.]? ?\b(?:{_ANY})\.? ?[:=]|\. |\b[a-z]+ ?: ")
_LONGEST_VALUE: Final = 80
_YEAR: Final = re.compile(r"[ ,]{1,4}(?:19|20)\d\d\b")
_LAST_ITEM: Final = re.compile(r"[*|;•·]|  ")
_FIRST_ITEM: Final = re.compile(r" ?[*|;•·]|  ")
_SURE_VALUES: Final = {  # what a value must look like where the label alone could mislead
    "name": re.compile(r"\A[^\d]{3,60}$"),
    "phone": re.compile(r"(?:[^\d]{0,6}\d){6}"),
    "number": re.compile(r"(?:\D{0,4}\d){5}"),
    "birth": re.compile(r"\A(?:.*\d|[a-z ,-]{2,40}$)"),
    "nationality": re.compile(r"[a-z]{2,20}\b"),
    "gender": re.compile(r"[a-z]{1,10}\b"),
    "status": re.compile(r"[a-z ]{3,20}\b"),
}
_ALONE: Final = {  # stricter where the label has no colon and the value is the next line
    "birth": re.compile(r"\A\W{0,3}(?:.{0,20}\b(?:19|20)\d\d\b.{0,20}|[1-7]\d(?: \w+)?)$"),
    "nationality": re.compile(r"\W{0,3}[a-z]{4,16}(?:[ /-][a-z]{3,16})?$"),
    "gender": re.compile(
        r"\W{0,3}(?:fe)?male$|\W{0,3}(?:homme|femme|masculin|feminin|man|vrouw|mannlich|weiblich|m"
        r"|f|v)$"
    ),
    "status": re.compile(
        r"\W{0,3}(?:single|married|divorced|widowed|marie|celibataire|divorce|gehuwd|ongehuwd"
        r"|gescheiden"
        r"|samenwonend|verheiratet|ledig|geschieden)\b"
    ),
    "phone": re.compile(r"\A\W{0,3}(?:\W{0,3}\d){8,14}\W{0,2}$"),
    "number": re.compile(r"\A\W{0,3}[a-z]{0,2}(?:[ .-]{0,2}\d){6,14}$"),
}
_HEAD_LINES: Final = 25
_MOST_LABELS: Final = 6  # in one line


def redact(text: str) -> str:
    """Return the cleaned `text` with markers in place of personal data.

    Markers: `[name]`, `[e-mail]`, `[phone]`, `[address]`, `[birth]`, `[nationality]`, `[gender]`,
    `[status]`, `[number]`, `[photo]`, `[link]`. English, French, Dutch, German; redacting twice
    changes nothing.
    """
    name = find_name(text)
    lines = mask_contacts(text).split("\n")
    for i, line in enumerate(lines):
        if ":" in line or "=" in line:
            lines[i] = _mask_labelled(line)
    _mask_next_lines(lines)
    for i in _personal_lines(lines):
        lines[i] = mask_home(lines[i])
    text = "\n".join(lines)
    return mask_name(text, name) if name else text


def _mask_labelled(line: str) -> str:
    """Mask the values behind labels, again where a mask ends at a label not seen before."""
    for _ in range(_MOST_LABELS):
        masked = _mask_once(line)
        if masked == line:
            break
        line = masked
    return line


def _mask_once(line: str) -> str:
    folded = fold_in_place(line)
    parts, done = [], 0
    for match in _LABELLED.finditer(folded):
        start = match.end()
        if start < done:
            continue
        kind = _KIND_OF[match["label"]]
        value = folded[start : start + _LONGEST_VALUE]
        stop = _STOP.search(value)
        value = (value[: stop.start()] if stop else value).rstrip(" ,.")
        year = _YEAR.match(folded, start + len(value)) if kind == "birth" else None
        value += year[0] if year else ""  # set apart by a wide gap
        sure = _SURE_VALUES.get(kind)
        if not value or "[" in value or (sure and not sure.match(value)):
            continue
        parts += [line[done:start], f"[{kind}]"]
        done = start + len(value)
    return "".join(parts) + line[done:]


def _mask_next_lines(lines: list[str]) -> None:
    """Mask a value on the line below its label, as tables of personal details come out."""
    filled = [i for i, line in enumerate(lines) if any(map(str.isalnum, line))]
    for above, below in pairwise(filled):
        label = fold_in_place(_LAST_ITEM.split(lines[above])[-1])
        kind = _KIND_OF.get(label.strip(" :."))
        if kind is None:
            continue
        value = _FIRST_ITEM.split(lines[below])[0].lstrip(" :")
        colon = lines[above].endswith(":") or any(
            line.lstrip().startswith(":") for line in lines[above + 1 : below + 1]
        )
        sure = (_SURE_VALUES if colon else _ALONE).get(kind)
        if sure and value and "[" not in value and sure.match(fold_in_place(value)):
            lines[below] = lines[below].replace(value, f"[{kind}]", 1)


def _personal_lines(lines: list[str]) -> list[int]:
    """Indices of the lines above the first heading or under one of personal details."""
    found, personal, left = [], True, _HEAD_LINES
    for i, line in enumerate(lines):
        section = heading_section(line) if len(line) <= 60 else None
        if section:
            personal, left = section == PERSONAL, _HEAD_LINES
        elif personal and line.strip() and left > 0:
            found.append(i)
            left -= 1
    return found
