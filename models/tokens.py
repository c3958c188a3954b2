"""Cut text into comparable terms, so that one index can hold CVs and briefs in four languages."""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from models.gender import masculine

# Words with inner signs stay whole (c++, c#, p&l, u.s); order-to-cash gives three, AP/AR two.
_WORD = re.compile(r"[^\W_]+(?:[.&+#'](?=[^\W_])[^\W_]+)*[+#]*")
_MARKS = re.compile("[\u0300-\u036f]+")
_ELISION = re.compile(r"^(?:[cdjlmnst]|qu|lorsqu|puisqu|jusqu)'")

# Folded function words, and the words that every brief and CV has ("years of experience").
_FUNCTION_WORDS: Mapping[str, str] = {
    "en": """
        a about above after all also am an and any are as at be been before being between both but
        by can could did do does during each either every few for from had has have having he her
        here him his how i if in into is it its just least may me more most must my no nor not of
        off on once only or other our out over own per same she should so some such than that the
        their them then there these they this those through to too under until up us very was we
        were what when where which while who whom whose why will with within would you your year
        years experience
    """,
    "fr": """
        a afin ai ainsi alors apres as au aucun aussi autre autres aux avant avec avoir c car ce
        ceci cela celle celui ces cet cette ceux chaque chez comme d dans de depuis des deux donc
        dont du elle elles en encore entre es est et etaient etait ete etre eu eux fait faire il
        ils j je l la laquelle le lequel les leur leurs lors lui m ma mais me meme mes mon n ne ni
        nos notre nous on ont ou par pas peu peut plus plusieurs pour pres qu quand que quel
        quelle qui sa sans se selon ses si soit son sont sous sur t ta tel telle tous tout toute
        toutes tres un une vers vos votre vous y an ans annee annees minimum moins experience
    """,
    "nl": """
        aan al alle alles als ander andere bij binnen boven daar dan dat de deze die dit doch doen
        door dus een elk elke en er ervan ge geen haar had hebben heb heeft hem het hier hij hoe
        hun ieder iemand iets ik in is ja je jouw kan kon kunnen maar me meer men met mij mijn
        moet moeten na naar naast niet nog nu of om omdat onder ons onze ook op over reeds samen
        sinds te tegen toch toen tot tussen u uit uw van vanaf veel via volgens voor vooral waar
        waarbij was wat we wel werd werden wie wij wil worden wordt zal ze zelf zich zij zijn zo
        zonder zou jaar jaren minstens minimaal ervaring
    """,
    "de": """
        aber alle allem allen aller als also am an andere auch auf aus bei beim bin bis bist da
        damit dann das dass dein dem den denn der des dich die dies diese diesem diesen dieser
        doch dort du durch ein eine einem einen einer eines er es etwas euer fur gegen hat hatte
        haben hier hin ich ihm ihn ihr ihre im in indem ins ist jede jeder jedes kann kein keine
        konnen man mehr mein mich mir mit nach nicht noch nun nur ob oder ohne sehr sein seine
        selbst sich sie sind so sowie um und uns unser unter vom von vor wahrend war waren was
        weil welche wenn wer werden wie wieder wir wird zu zum zur zwischen jahr jahre jahren
        mindestens erfahrung
    """,
}
_STOP = {language: frozenset(text.split()) for language, text in _FUNCTION_WORDS.items()}

# Longest first: what is cut is an ending, not a prefix of the family, and the families of the four
# languages end alike (réconciliation, reconciliation), so that cognates meet.
_ENDINGS: Mapping[str, tuple[str, ...]] = {
    "en": (
        "ations", "ation", "ingly", "ments", "ment", "ings", "ing", "ies", "ers", "er", "ed", "es",
        "ly", "s", "e", "y",
    ),
    "fr": (
        "ations", "ation", "ateurs", "ateur", "issements", "issement", "ements", "ement", "ments",
        "ment", "eurs", "eur", "iens", "ien", "iers", "ier", "ives", "ive", "ees", "ee", "aux",
        "er", "es", "s", "e",
    ),
    "nl": (
        "eringen", "ering", "ingen", "ing", "aties", "atie", "heden", "heid", "elijke", "elijk",
        "teurs", "teur", "ers", "er", "en", "de", "te", "e", "s", "n", "t",
    ),
    "de": (
        "ierungen", "ierung", "ungen", "ung", "ationen", "ation", "heiten", "heit", "keiten",
        "keit", "ers", "er", "em", "en", "es", "e", "s", "n",
    ),
}  # fmt: skip
_LEAST = 3  # letters a stem keeps


def fold(text: str) -> str:
    """Lower-case `text` without accents, so that `clôture` and `cloture` are one word."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold().replace("\u2019", "'"))
    return _MARKS.sub("", decomposed)


@lru_cache(maxsize=200_000)
def stem(word: str, language: str) -> str:
    """Cut the longest known ending of a folded word (a light stemmer after Savoy 1999).

    The two genders of a word for people have one stem.
    """
    word = masculine(word, language)
    if len(word) <= _LEAST + 1 or not word.isalpha():
        return word
    for ending in _ENDINGS.get(language, _ENDINGS["en"]):
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST:
            return word[: -len(ending)]
    return word


def words(text: str) -> list[str]:
    """The folded words of `text` in order, elisions (l', d') taken off."""
    found: list[str] = _WORD.findall(fold(text))
    return [_ELISION.sub("", word) if "'" in word else word for word in found]


def tokenise(text: str, language: str) -> list[str]:
    """The stemmed content words of `text` in order; an unknown language is read as English."""
    stop = _STOP.get(language, _STOP["en"])
    return [stem(word, language) for word in words(text) if len(word) > 1 and word not in stop]
