"""Tell which of the four languages a text is written in."""

import re
from functools import lru_cache
from typing import Final

from py3langid.langid import (  # type: ignore[import-untyped]
    MODEL_FILE,
    LanguageIdentifier,
)

LANGUAGES: Final = ("en", "fr", "nl", "de")
_MARKER = re.compile(r"\[[a-z-]+\]")
_ENOUGH = 2000  # characters; more changes no answer


def detect_language(text: str) -> str:
    """Return `en`, `fr`, `nl` or `de`; a text without letters counts as `en`.

    Lines of three words and more are read first: names, places and product names mislead.
    """
    lines = [line for line in _MARKER.sub("", text).split("\n") if line.count(" ") > 1]
    body = "\n".join(lines) or text
    if not any(c.isalpha() for c in body):
        return "en"
    code, _ = _identifier().classify(body[:_ENOUGH])
    return str(code)


@lru_cache(maxsize=1)
def _identifier() -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(list(LANGUAGES))
    return identifier
