"""One grammatical gender for words that name people, so that "directrice" is read as "directeur".

What is read this way are features alone: quotes and pages keep the words of the CV.
"""

import re
from collections.abc import Mapping
from functools import lru_cache, partial

from data.text.clean import fold

# Endings as feminine>masculine; the longest that fits turns the word. Three letters at least stay
# before an ending that is no word of its own.
_RULES: Mapping[str, str] = {
    "en": """
        chairperson>chairman foreperson>foreman draftsperson>draftsman salesperson>salesman
        spokesperson>spokesman craftsperson>craftsman businessperson>businessman
        repairperson>repairman woman>man women>men mistress>master waitress>waiter actress>actor
        hostess>host stewardess>steward manageress>manager
    """,
    "fr": """
        trice>teur trices>teurs euse>eur euses>eurs ieuse>ieux ieuses>ieux ueuse>ueux ueuses>ueux
        ière>ier ières>iers iere>ier ieres>iers chère>cher chères>chers gère>ger gères>gers
        ienne>ien iennes>iens éenne>éen éennes>éens eure>eur eures>eurs ante>ant antes>ants
        ente>ent entes>ents chargée>chargé employée>employé déléguée>délégué associée>associé
        préposée>préposé attachée>attaché diplômée>diplômé salariée>salarié retraitée>retraité
        agréée>agréé cheffe>chef cheffes>chefs adjointe>adjoint adjointes>adjoints
        experte>expert expertes>experts avocate>avocat avocates>avocats candidate>candidat
        candidates>candidats apprentie>apprenti apprenties>apprentis doctoresse>docteur
    """,
    "nl": """
        atrice>ator atrices>ators trice>teur trices>teurs euse>eur euses>eurs
        secretaresse>secretaris secretaressen>secretarissen enares>enaar elares>elaar erares>eraar
        zangeres>zanger danseres>danser onderwijzeres>onderwijzer ente>ent antes>anten
        consultante>consultant laborante>laborant praktikante>praktikant accountante>accountant
        aarster>aar werkster>werker leidster>leider houdster>houder koopster>koper maakster>maker
        geefster>gever neemster>nemer voerster>voerder stelster>steller schrijfster>schrijver
        heerster>heerder trainster>trainer pleegster>pleger stuurster>stuurder zoekster>zoeker
        zitster>zitter werpster>werper helpster>helper wachtster>wachter kapster>kapper
        naaister>naaier zorgster>zorger voedster>voeder speelster>speler taalster>taler
        waakster>waker dienster>diener deelster>deler werfster>werver spreekster>spreker
        bouwster>bouwer kweekster>kweker poetster>poetser kookster>koker bakster>bakker
    """,
    "de": """
        erin>er erinnen>er istin>ist istinnen>isten entin>ent entinnen>enten antin>ant
        antinnen>anten ektin>ekt ektinnen>ekten orin>or orinnen>oren eurin>eur eurinnen>eure
        ärin>är ärinnen>äre arin>ar arinnen>are login>loge loginnen>logen gogin>goge
        goginnen>gogen atin>at atinnen>aten
        ältin>alt ältinnen>älte altin>alt altinnen>alte beamtin>beamter beamtinnen>beamte
        chefin>chef chefinnen>chefs
        frau>mann frauen>männer
    """,
}
_ENDINGS = {
    language: dict(rule.split(">") for rule in text.split()) for language, text in _RULES.items()
}
# Words with these endings that name no person (plurals without their s).
_SPARED = {
    language: frozenset(text.split())
    for language, text in {
        "fr": """
            matrice cicatrice heureuse malheureuse nombreuse rigoureuse vigoureuse dangereuse
            genereuse chaleureuse douloureuse onereuse savoureuse honteuse couteuse pelleteuse
            matiere maniere carriere filiere lumiere riviere frontiere barriere chaudiere
            pepiniere croisiere poussiere cimetiere arriere derriere litiere glaciere cafetiere
            charniere gouttiere enchere demeure
            quarante cinquante soixante variante constante brocante amiante attente
            entente detente charpente descente patente soupente revente prevente survente
        """,
        "nl": "matrice gemeente groente tangente",
        "de": """
            schwerin glycerin margarin gelatin jungfrau hausfrau valentin konstantin christin
        """,
        "en": "",
    }.items()
}  # fmt: skip
_LEAST = 3  # letters that stay before an ending
_WHOLE = 6  # letters from which an ending may be the whole word
_WORD = re.compile(r"[^\W\d_]{6,}")
# (h/f/x), m/v, (m/w/d); the second ending of consultant(e), Leiter:in, directeur/-trice
_MARK = re.compile(
    r"[(\[]?\b(?:[xdn] ?[/|-] ?)?(?:h ?[/|-] ?f|f ?[/|-] ?h|m ?[/|-] ?[fvw]|[fvw] ?[/|-] ?m)"
    r"(?: ?[/|-] ?[xdn])?\b[)\]]?"
    r"|(?<=[^\W\d_]{3})(?:[*:_·•]|/-?|\(-?)"
    r"(?:innen|in|trices?|rices?|euses?|i?[eè]res?|ienne|n?es?|ster)\)?(?!\w)",
    re.IGNORECASE,
)


def without_marks(text: str) -> str:
    """`text` without the marks by which a title speaks to both genders, such as (m/f/x)."""
    return _MARK.sub("", text)


def neutral(text: str, language: str | None = None) -> str:
    """`text` without such marks and with the words for people in one gender.

    A language that is not told (a title among titles) stands for all of them, one after another.
    """
    text = without_marks(text)
    for each in (language,) if language else _ENDINGS:
        text = _WORD.sub(partial(_turned, each), text)
    return text


def _turned(language: str, word: re.Match[str]) -> str:
    return masculine(word[0], language)


@lru_cache(maxsize=200_000)
def masculine(word: str, language: str) -> str:
    """The masculine form of a word that a rule of `language` turns, else the word as it is.

    With or without accents; a word in capitals stays in capitals.
    """
    rules = _ENDINGS.get(language)
    if not rules:
        return word
    lower = word.lower()
    if fold(lower).removesuffix("s") in _SPARED[language]:
        return word
    for ending in (lower[place:] for place in range(len(lower))):  # the longest first
        stays = len(lower) - len(ending)
        if ending in rules and (stays >= _LEAST or len(ending) >= _WHOLE):
            turned = rules[ending]
            return word[:stays] + (turned.upper() if word.isupper() else turned)
    return word
