"""The terms of a brief as CVs in another language would put them."""

import re

from data.schema.words import LANGUAGES
from models.lexicon.words import content_words, load_lexicon
from models.tokens import fold, tokenise

_ACRONYM = re.compile(r"\b[A-Z][A-Z0-9&]{1,6}\b")


def query_terms(text: str, language: str, target: str) -> list[str]:
    """Terms of `text` (in `language`) to look up among CVs in the language `target`.

    Across languages each known word or phrase becomes the preferred term of the other language;
    unknown words stay, since many are names or cognates, and so do acronyms. A word that is known
    is not kept beside its translation: false friends (chef de projet) would count.
    """
    if language == target or not {language, target} <= set(LANGUAGES):
        return tokenise(text, language)
    lexicon, words = load_lexicon(), content_words(text, language)
    terms = [fold(acronym) for acronym in _ACRONYM.findall(text)]
    for match in lexicon.match(words, language):
        known = (lexicon.entries[number].terms[target] for number in match.entries)
        translated = next((found[0] for found in known if found), None)
        if translated is None:
            terms += tokenise(" ".join(words[match.start : match.end]), language)
        else:
            terms += tokenise(translated, target)
    return terms
