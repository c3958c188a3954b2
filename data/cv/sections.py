"""Cut a CV into sections at its headings."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from data.text.dates import Period
from data.text.headings import PERSONAL, heading_section, inline_heading

# Inside an experience "Skills: SAP, Excel" tells of that role; these headings never do.
_LEAVES_EXPERIENCE: Final = frozenset(
    {"languages", "education", "interests", "certifications", PERSONAL}
)


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line that is not blank; `text[start:end]` is stripped."""

    text: str
    start: int
    end: int
    after_blank: bool


@dataclass(frozen=True, kw_only=True)
class Section:
    """The lines between two headings, without the heading."""

    name: str
    lines: tuple[Line, ...]


def cut_lines(text: str) -> list[Line]:
    """Return the lines of `text` that hold something, with their place in it."""
    lines, position, blank = [], 0, False
    for raw in text.split("\n"):
        content = raw.strip()
        if content:
            start = position + raw.index(content)
            lines.append(
                Line(text=content, start=start, end=start + len(content), after_blank=blank)
            )
        blank = not content
        position += len(raw) + 1
    return lines


def cut_sections(lines: Sequence[Line], periods: Sequence[Period]) -> list[Section]:
    """Group the lines by the headings above them; what stands above the first one is `summary`."""
    headings = [(i, name) for i, line in enumerate(lines) if (name := heading_section(line.text))]
    kept = _without_inner(lines, headings, periods)
    sections: list[Section] = []
    name, members = "summary", list[Line]()
    for i, line in enumerate(lines):
        if i in kept:
            sections.append(Section(name=name, lines=tuple(members)))
            name, members = kept[i], []
            continue
        found = inline_heading(line.text)
        if found and _opens(found[0], name):
            sections.append(Section(name=name, lines=tuple(members)))
            name, members = found[0], []
            line = Line(
                text=line.text[found[1] :],
                start=line.start + found[1],
                end=line.end,
                after_blank=True,
            )
        members.append(line)
    sections.append(Section(name=name, lines=tuple(members)))
    return [s for s in sections if s.lines]


def _without_inner(
    lines: Sequence[Line], headings: Sequence[tuple[int, str]], periods: Sequence[Period]
) -> dict[int, str]:
    """Drop headings such as "Key achievements" inside an experience: more roles follow."""
    kept: dict[int, str] = {}
    current = "summary"
    for number, (i, name) in enumerate(headings):
        if name == "projects" and current == "experience":
            last = headings[number + 1][0] if number + 1 < len(headings) else len(lines)
            stop = lines[last - 1].end
            if any(lines[i].end <= p.start_char < stop for p in periods):
                continue
        kept[i] = current = name
    return kept


def _opens(name: str, current: str) -> bool:
    return current != "experience" or name in _LEAVES_EXPERIENCE
