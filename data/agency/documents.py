"""Gives a written CV its outer form: text in a table cell, or a file in one of several layouts."""

import json
import random
from collections.abc import Sequence
from typing import Any

from data.agency.docx import write_docx
from data.agency.parameters import Market
from data.agency.pdf import PAGE, Line, width, wrap, write_pdf
from data.agency.people import Person
from data.agency.roles import Role
from data.agency.style import DASH, Block
from data.agency.writing import Cv
from data.schema.words import LANGUAGES

_SIZES = {"name": 18.0, "headline": 12.0, "heading": 13.0}
_MARGIN = 50.0


def draw_form(market: Market, rng: random.Random) -> str:
    """Which form a CV comes in: text (a cell), pdf, docx, json or txt."""
    shares = {
        "pdf": market.pdf,
        "docx": market.docx,
        "json": market.json_resume,
        "txt": market.txt,
    }
    text = 1.0 - sum(shares.values())
    return rng.choices([*shares, "text"], [*shares.values(), text])[0]


def as_file(
    person: Person, career: tuple[Role, ...], cv: Cv, form: str, rng: random.Random
) -> bytes:
    """The bytes of a CV file in one of the four file forms."""
    if form == "pdf":
        layout = rng.choice(("one column", "two columns", "table", "header"))
        return write_pdf(_laid_out(cv.blocks, layout))
    if form == "docx":
        return write_docx(cv.blocks, layout=rng.choice(("plain", "table", "header")))
    if form == "json":
        return json.dumps(_json_resume(person, career, cv), ensure_ascii=False, indent=1).encode()
    return as_text(cv.blocks, rng).encode()


def as_text(blocks: Sequence[Block], rng: random.Random) -> str:
    """Plain text as a person pastes it; bullets and the place of dates vary."""
    mark = rng.choice(("- ", "• ", "* ", DASH.lstrip()))
    dates_first = rng.random() < 0.4
    lines: list[str] = []
    for block in blocks:
        if block.kind in ("heading", "role"):
            lines.append("")
        if block.kind == "bullet":
            lines.append(mark + block.text)
        elif block.aside and dates_first:
            lines.append(f"{block.aside}  {block.text}")
        elif block.aside:
            lines.append(f"{block.text} | {block.aside}")
        else:
            lines.append(block.text)
    return "\n".join(lines).strip() + "\n"


def _laid_out(blocks: Sequence[Block], layout: str) -> list[Line]:
    if layout == "two columns":
        side, main = _split(blocks)
        return [*_column(side, 36, 150), *_column(main, 215, 340)]
    if layout == "table":
        return _column(blocks, 165, 380, left=50)
    if layout != "header":
        return _column(blocks, _MARGIN, PAGE[0] - 2 * _MARGIN)
    aloft = [block for block in blocks if block.kind in ("name", "contact")]
    body = [block for block in blocks if block.kind not in ("name", "contact")]
    lines = _column(body, _MARGIN, PAGE[0] - 2 * _MARGIN, top=770)
    text = " | ".join(block.text for block in aloft)
    head = [
        Line(page=page, x=_MARGIN, y=806 - 10 * row, text=part, size=8)
        for page in range(lines[-1].page + 1)
        for row, part in enumerate(wrap(text, PAGE[0] - 2 * _MARGIN, 8))
    ]
    return [*head, *lines]


def _split(blocks: Sequence[Block]) -> tuple[list[Block], list[Block]]:
    """Contacts and the sections of short lines for the narrow column, the rest for the wide one."""
    side: list[Block] = []
    main: list[Block] = []
    sections: list[list[Block]] = [[]]
    for block in blocks:
        if block.kind == "heading":
            sections.append([])
        sections[-1].append(block)
    for block in sections[0]:
        (side if block.kind == "contact" else main).append(block)
    for section in sections[1:]:
        roles = any(block.kind == "role" for block in section)
        long = sum(len(block.text) for block in section) > 420
        (main if roles or long else side).extend(section)
    return side, main


def _column(
    blocks: Sequence[Block], x: float, room: float, *, left: float | None = None, top: float = 790
) -> list[Line]:
    """Lines of a column; dates stand at its right edge, or in a column of their own at `left`."""
    lines: list[Line] = []
    page, y = 0, top
    for block in blocks:
        size = _SIZES.get(block.kind, 9.5)
        bold = block.kind in ("name", "heading", "role")
        y -= 8 if block.kind in ("heading", "role") else 0
        inset = 10.0 if block.kind == "bullet" else 0.0
        beside = width(block.aside, 9.5) + 12 if block.aside and left is None else 0.0
        text = f"• {block.text}" if block.kind == "bullet" else block.text
        for row, part in enumerate(wrap(text, room - inset - beside, size, bold=bold)):
            if y < 60:
                page, y = page + 1, top
            lines.append(Line(page=page, x=x + inset, y=y, text=part, size=size, bold=bold))
            if row == 0 and block.aside:
                at = x + room - beside + 12 if left is None else left
                lines.append(Line(page=page, x=at, y=y, text=block.aside, size=9.5))
            y -= size * 1.35
    return lines


def _json_resume(person: Person, career: tuple[Role, ...], cv: Cv) -> dict[str, Any]:
    """The CV by the JSON Resume schema, version 1.0.0."""
    index = LANGUAGES.index(cv.language)
    summary = next((b.text for b in cv.blocks if b.kind == "text"), "")
    return {
        "basics": {
            "name": f"{person.first} {person.last}",
            "label": cv.headline,
            "email": person.email,
            "phone": person.phone,
            "summary": summary,
            "location": {
                "city": person.place.name[index],
                "countryCode": person.place.country,
                "postalCode": person.place.postcode,
            },
        },
        "work": [
            {
                "name": role.organisation,
                "position": role.title[index],
                "startDate": f"{role.start:%Y-%m}",
                **({"endDate": f"{role.end:%Y-%m}"} if role.end else {}),
                "highlights": bullets,
            }
            for role, bullets in zip(career, _bullets(cv.blocks), strict=False)
        ],
        "skills": [
            {"name": topic.name[index]}
            for topic in person.occupation.topics
            if person.skills[topic.key] > 0.45
        ],
        "languages": [
            {"language": code, "fluency": level} for code, level in person.languages.items()
        ],
    }


def _bullets(blocks: Sequence[Block]) -> list[list[str]]:
    """The bullets of each role that the CV shows, in its order; a role is what has a place."""
    roles: list[list[str]] = []
    for block in blocks:
        if block.kind == "place":
            roles.append([])
        elif block.kind == "bullet" and roles:
            roles[-1].append(block.text)
        elif block.kind == "heading" and roles:
            break
    return roles
