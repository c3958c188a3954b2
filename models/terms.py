"""The terms of a brief as CVs in another language would put them."""

from models.tokens import tokenise


def query_terms(text: str, language: str, target: str) -> list[str]:
    """Terms of `text` (in `language`) to look up among CVs in the language `target`."""
    return tokenise(text, language)
