"""Reduce a word of one of the four languages to a form that gender, number and spelling share."""

import re
import unicodedata
from functools import lru_cache

WORD = re.compile(r"[^\W_]+(?:[+#]+)?")

_FUNCTION_WORDS = {
    "en": "a an the of and or for to in on at by with from as is are be its",
    "fr": """le la les l un une des de du d a au aux et ou en dans sur pour par avec sans sous chez
        ce cette ces son sa ses leur leurs qui que qu dont est sont se s""",
    "nl": """de het een van en of voor in op aan met bij uit tot om te door als naar over der den
        zijn is wordt worden die dat s""",
    "de": """der die das den dem des ein eine einer einem einen eines und oder von vom zu zum zur
        fur in im an am auf mit bei aus als nach uber durch ist sind""",
}
FUNCTION_WORDS = {language: frozenset(text.split()) for language, text in _FUNCTION_WORDS.items()}

# Longest ending first; each is tried once, and only when at least three letters stay.
_ENDINGS: dict[str, tuple[tuple[str, str], ...]] = {
    "en": (
        ("isation", "iz"), ("ization", "iz"), ("ising", "iz"), ("izing", "iz"), ("ise", "iz"),
        ("ize", "iz"), ("ies", "y"), ("sses", "ss"), ("ches", "ch"), ("shes", "sh"), ("xes", "x"),
        ("women", "man"), ("woman", "man"), ("men", "man"), ("tre", "ter"), ("our", "or"),
        ("ss", "ss"), ("us", "us"), ("is", "is"), ("s", ""),
    ),
    "fr": (
        ("euses", "eur"), ("trices", "teur"), ("ieres", "ier"), ("iennes", "ien"), ("euse", "eur"),
        ("trice", "teur"), ("iere", "ier"), ("ienne", "ien"), ("eresse", "eur"), ("eaux", "eau"),
        ("aux", "al"), ("ales", "al"), ("ives", "if"), ("elles", "el"), ("onnes", "on"),
        ("ale", "al"), ("ive", "if"), ("elle", "el"), ("onne", "on"), ("eres", "er"), ("ere", "er"),
        ("ees", ""), ("ee", ""), ("es", ""), ("s", ""), ("x", ""), ("e", ""),
    ),
    "nl": (
        ("trices", "teur"), ("trice", "teur"), ("euses", "eur"), ("euse", "eur"), ("sters", "er"),
        ("ieren", "ier"), ("eren", "er"), ("en", ""), ("ers", "er"), ("es", ""), ("rs", "r"),
        ("ns", "n"), ("ls", "l"), ("ks", "k"), ("ts", "t"), ("ps", "p"), ("gs", "g"), ("ms", "m"),
        ("ds", "d"), ("e", ""),
    ),
    "de": (
        ("erinnen", "er"), ("innen", ""), ("erin", "er"), ("ungen", "ung"), ("istin", "ist"),
        ("entin", "ent"), ("ern", "er"), ("en", ""), ("es", ""), ("e", ""), ("n", ""), ("s", ""),
    ),
}  # fmt: skip
_DOUBLED = re.compile(r"([a-z])\1")


def fold(text: str) -> str:
    """Lower-case ``text`` without accents; ligatures and ß are written out."""
    text = text.lower().replace("œ", "oe").replace("æ", "ae").replace("ß", "ss")
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


@lru_cache(maxsize=200_000)
def stem(word: str, language: str) -> str:
    """Strip gender, number and inflection from one folded ``word``."""
    for ending, instead in _ENDINGS.get(language, ()):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word.removesuffix(ending) + instead
            break
    if language == "nl":
        # boten/boot, muren/muur, huizen/huis: one spelling for a long vowel and a final consonant
        word = _DOUBLED.sub(r"\1", word)
        word = word[:-1] + {"z": "s", "v": "f"}.get(word[-1], word[-1])
    return word


def words_of(text: str) -> list[tuple[str, int, int]]:
    """Cut ``text`` into folded words with their character span in it."""
    return [(fold(m.group()), m.start(), m.end()) for m in WORD.finditer(text)]


def stems(text: str, language: str) -> list[str]:
    """Stems of the content words of ``text``, in order."""
    drop = FUNCTION_WORDS.get(language, frozenset())
    return [stem(word, language) for word, _, _ in words_of(text) if word not in drop]
