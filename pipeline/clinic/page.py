"""The clinic's findings as pages that open anywhere and print well."""

from types import ModuleType
from typing import Any

from pipeline.clinic import compare_text, wording
from pipeline.clinic.check import BriefCheck
from pipeline.clinic.compare import Comparison
from pipeline.export.catalogue import Language, client_language
from pipeline.export.html import page_environment


def check_page(check: BriefCheck, language: Language) -> str:
    """The check in the reader's language, its questions in the client's."""
    messages = wording.clinic_messages(language)
    return _render(
        "check.html",
        language,
        say=_Sayings(wording, language),
        check=check,
        brief=check.brief,
        as_of=check.as_of,
        client=client_language(check.language),
        questions=wording.client_questions(check),
        summary=wording.summary(check, messages),
        overall=wording.overall(check, messages),
    )


def compare_page(comparison: Comparison, language: Language) -> str:
    """The comparison in the reader's language."""
    say = _Sayings(compare_text, language)
    return _render("compare.html", language, say=say, c=comparison, as_of=comparison.as_of)


class _Sayings:
    """The sentences of a module in one language, for a template to call by their name."""

    def __init__(self, module: ModuleType, language: Language) -> None:
        self._module, self._messages = module, wording.clinic_messages(language)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 a function of the module
        sentence = getattr(self._module, name)
        return lambda *facts: sentence(*facts, self._messages)


def _render(template: str, language: Language, **facts: object) -> str:
    environment = page_environment(language, wording.PACKAGE, templates=True)
    return environment.get_template(template).render(**facts)
