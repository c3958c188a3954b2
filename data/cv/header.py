# ruff: noqa: RUF001 - the dashes, quotes and broken characters of real CVs are meant
"""Read title, organisation, country and kind of engagement from the header of a role."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from data.text.clean import fold
from data.text.roles import names_function

_SPLIT = re.compile(
    r"  |\t| ?[|•·;] ?| [–—-] | ?[–—] ?|(?<!\d),(?: |$)|\s{1,3}(?:at|@|chez|bij|bei"
    r"|voor)\s{1,3}(?=[A-Z0-9])|[()]"
)
_EDGE = " ,;:|-–—•·*()[]>"
_ORGANISATION = re.compile(
    r"\b(?:n\.?v\.?|s\.?a\.?|b\.?v\.?(?:b\.?a\.?)?|s\.?p\.?r\.?l\.?|s\.?r\.?l\.?|gmbh|ag|se|kg|ltd"
    r"|limited|inc|llc|plc|corp"
    r"|corporation|asbl|vzw|cvba|scrl|sarl|sas|group|groep|groupe|gruppe|holding|bank|banque"
    r"|university|universiteit"
    r"|universite|universitat|hospital|ziekenhuis|hopital|klinikum|ministry|ministere|company name"
    r"|company|partners"
    r"|services|solutions|industries|international|institute|school|college|city of|stad|ville de"
    r"|gemeente)\b\.?"
)
_PLACE = re.compile(
    r"^(?:city|state|remote|home|brussels|bruxelles|brussel|antwerpe?n?|anvers|gent|gand|ghent"
    r"|leuven|louvain|liege|luik"
    r"|namur|namen|charleroi|mons|bergen|brugge|bruges|hasselt|mechelen|malines|wavre|luxembourg"
    r"|luxemburg|paris|lyon"
    r"|lille|amsterdam|rotterdam|den haag|utrecht|eindhoven|london|londen|londres|berlin|munchen"
    r"|hamburg|frankfurt"
    r"|koln|zurich|geneve|geneva)$"
)
_COUNTRIES: Final = {
    "BE": "belgium belgique belgie belgien",
    "NL": "netherlands pays-bas nederland niederlande",
    "LU": "luxembourg luxemburg",
    "FR": "france frankrijk frankreich",
    "DE": "germany allemagne duitsland deutschland",
    "GB": "uk england scotland royaume-uni grossbritannien verenigd-koninkrijk",
    "CH": "switzerland suisse zwitserland schweiz",
    "AT": "austria autriche oostenrijk osterreich",
    "IT": "italy italie italien",
    "ES": "spain espagne spanje spanien",
    "PT": "portugal",
    "IE": "ireland irlande ierland irland",
    "PL": "poland pologne polen",
    "CZ": "czechia tchequie tsjechie tschechien",
    "SE": "sweden suede zweden schweden",
    "DK": "denmark danemark denemarken danemark",
    "NO": "norway norvege noorwegen norwegen",
    "FI": "finland finlande finnland",
    "RO": "romania roumanie roemenie rumanien",
    "HU": "hungary hongrie hongarije ungarn",
    "TR": "turkey turquie turkije turkei",
    "US": "usa us united-states etats-unis verenigde-staten vereinigte-staaten",
    "CA": "canada kanada",
    "CN": "china chine",
    "IN": "india inde indien",
    "MA": "morocco maroc marokko",
    "CD": "congo rdc",
    "SG": "singapore singapour singapur",
    "AE": "uae dubai",
}
_COUNTRY_OF: Final = {word: code for code, words in _COUNTRIES.items() for word in words.split()}
_ENGAGEMENTS: Final = (
    ("interim", r"\binterim\w*|\ba\.i\.|\bad interim|\btransition\b|\btijdelijk management"),
    (
        "freelance",
        r"\bfreelance\w*|\bzelfstandig|\bindependante?\b|\bfreiberuf|\bselbststandig"
        r"|\bself-employed|\bcontractor",
    ),
    ("internship", r"\bintern(?:ship)?\b|\bstage\b|\bstagiaire|\bpraktik"),
    ("temporary", r"\btemporary|\btemp\b|\bcdd\b|\btijdelijk|\bbefristet|\bseasonal"),
    (
        "permanent",
        r"\bpermanent|\bcdi\b|\bvast contract|\bonbepaalde duur|\bfestanstellung|\bunbefristet"
        r"|\bfull[- ]time employee",
    ),
)
_ENGAGEMENT = tuple((kind, re.compile(pattern)) for kind, pattern in _ENGAGEMENTS)
_LONGEST_PIECE: Final = 90


@dataclass(frozen=True, kw_only=True)
class Header:
    """What the lines around the dates of a role say; `used_below` lines below are its own."""

    title: str | None
    organisation: str | None
    country: str | None
    engagement: str | None
    used_below: int


def read_header(above: Sequence[str], inline: str, below: Sequence[str]) -> Header:
    """Read the header from the lines above the dates, the text beside them and the lines below."""
    upper = [piece for line in (*above, inline) for piece in _pieces(line)]
    lower = [(piece, i + 1) for i, line in enumerate(below) for piece in _pieces(line)]
    pieces = [(piece, 0) for piece in upper] + lower
    country = next((code for piece, _ in pieces if (code := _country(piece))), None)
    named = [(p, n) for p, n in pieces if not _is_place(p)]
    title = _title(named, bool(upper))
    organisation = _organisation(
        [p for p in named if p != title], title is not None and title[1] == 0
    )
    used = max((p[1] for p in (title, organisation) if p), default=0)
    while used < len(below) and is_place(below[used]):
        used += 1
    words = fold(" ".join([*above, inline, *below[:used]]))
    return Header(
        title=title[0] if title else None,
        organisation=organisation[0] if organisation else None,
        country=country,
        engagement=next((kind for kind, p in _ENGAGEMENT if p.search(words)), None),
        used_below=used,
    )


def _pieces(line: str) -> list[str]:
    parts = (part.strip(_EDGE) for part in _SPLIT.split(line))
    return [
        p for p in parts if len(p) > 1 and len(p) <= _LONGEST_PIECE and any(c.isalpha() for c in p)
    ]


def _title(pieces: Sequence[tuple[str, int]], has_upper: bool) -> tuple[str, int] | None:
    for piece in pieces:
        if names_function(piece[0]) and not _ORGANISATION.search(fold(piece[0])):
            return piece
    for piece in pieces:
        if names_function(piece[0]):
            return piece
    rest = [
        p
        for p in pieces
        if not _ORGANISATION.search(fold(p[0])) and (p[1] == 0 or not has_upper or p[1] == 1)
    ]
    return rest[0] if rest else None


def _organisation(pieces: Sequence[tuple[str, int]], title_above: bool) -> tuple[str, int] | None:
    for piece in pieces:
        if _ORGANISATION.search(fold(piece[0])):
            return piece
    rest = [p for p in pieces if p[1] == 0 or (p[1] == 1 and title_above)]
    return rest[0] if rest else None


def _is_place(piece: str) -> bool:
    return bool(_PLACE.match(fold(piece))) or _country(piece) is not None


def is_place(line: str) -> bool:
    """Whether the line holds nothing but places and signs, such as "City" or ", Belgium"."""
    return all(_is_place(piece) for piece in _pieces(line))


def _country(piece: str) -> str | None:
    return _COUNTRY_OF.get(fold(piece).replace(" ", "-"))
