"""How the exports read: languages, the conventions of CSV files, and who gets which."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from pipeline.export.catalogue import Language, Messages, load_messages

Separators = Literal["comma", "semicolon"]
_SEPARATORS = {"comma": (",", "."), "semicolon": (";", ",")}


@dataclass(frozen=True, kw_only=True)
class ExportSettings:
    """How the shortlists read."""

    language: Language = "en"
    """The reader's language: labels, sentences, and the conventions of numbers, dates and CSV."""
    languages: tuple[Language, ...] = ()
    """Further editions of the whole night, each in a folder of its own: `fr/index.html`."""
    clients: dict[str, Language] = field(default_factory=dict)
    """By client_id, the language of everything about that client's briefs, in the main edition."""
    csv: Separators | None = None
    """CSV for spreadsheets that want `comma` (and decimal point) or `semicolon` (and decimal
    comma), whatever the language."""

    def editions(self, folder: Path) -> Iterator[tuple[Path, Language]]:
        """Folder and language of every edition, the main one first."""
        yield folder, self.language
        for language in dict.fromkeys(self.languages):
            if language != self.language:
                yield folder / language, language

    def of_brief(self, client_id: str | None, edition: Language) -> Language:
        """The language of a brief's own files in an edition."""
        return self.clients.get(client_id or "", edition) if edition == self.language else edition

    def csv_messages(self, language: Language) -> Messages:
        """The catalogue of a language with the conventions of the agency's CSV files."""
        messages = load_messages(language)
        if self.csv is None:
            return messages
        delimiter, decimal = _SEPARATORS[self.csv]
        conventions = replace(messages.conventions, delimiter=delimiter, decimal=decimal)
        return replace(messages, conventions=conventions)
