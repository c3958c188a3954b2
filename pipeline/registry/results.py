"""Finds a figure in the measured results by section, row and column, so that it is told once."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from data.errors import InputError

_RULE = re.compile(r"^[\s|:-]+$")


@dataclass(frozen=True, kw_only=True)
class Results:
    """A page of Markdown: sections with prose and tables. `where` names it in errors."""

    text: str
    where: str

    def cell(self, section: str, row: Sequence[str], column: str) -> str:
        """The cell of a table, without its emphasis.

        `row` holds texts that the first cells of the row must contain, one each; a blank first cell
        repeats the one above.

        Raises:
            InputError: there is no such section, row or column, or the cell is blank.
        """
        heads: list[str] = []
        above: list[str] = []
        for line in self._lines(section):
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            if not line.startswith("|") or _RULE.match(line):
                heads = heads if line.startswith("|") else []
                continue
            if not heads:
                heads, above = cells, cells
                continue
            above = [cell or before for cell, before in zip(cells, above, strict=False)]
            if column in heads and all(part in own for part, own in zip(row, above, strict=False)):
                found = cells[heads.index(column)].replace("**", "")
                if found:
                    return found
        raise self._missing(f"the column {column!r} in the row {' / '.join(row)!r} of {section!r}")

    def prose(self, section: str) -> str:
        """The paragraphs of a section, without its tables.

        Raises:
            InputError: there is no such section, or it has no prose.
        """
        lines = [line for line in self._lines(section) if not line.startswith("|")]
        if not (found := "\n".join(lines).strip()):
            raise self._missing(f"prose in the section {section!r}")
        return found

    def _lines(self, section: str) -> list[str]:
        for part in re.split(r"^## ", self.text, flags=re.MULTILINE)[1:]:
            head, _, body = part.partition("\n")
            if head.startswith(section):
                return body.splitlines()
        raise self._missing(f"the section {section!r}")

    def _missing(self, what: str) -> InputError:
        return InputError(
            f"The model card needs {what}; {self.where} does not have it. Measure and write it "
            "there, or change the template of the card."
        )
