"""Turn a JSON Resume (jsonresume.org, schema 1.0) into text with headings."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from data.cv.document import Document, Unreadable
from data.cv.plain import decode

_SECTIONS: Final = (  # key, heading, fields of the first line, of the lines below
    ("work", "Experience", ("position", "name", "company", "location"), ("summary", "highlights")),
    ("volunteer", "Volunteering", ("position", "organization"), ("summary", "highlights")),
    (
        "projects",
        "Projects",
        ("name", "entity", "roles"),
        ("description", "highlights", "keywords"),
    ),
    ("education", "Education", ("studyType", "area", "institution"), ("courses",)),
    ("certificates", "Certifications", ("name", "issuer", "date"), ()),
    ("awards", "Awards", ("title", "awarder", "date"), ("summary",)),
    ("publications", "Publications", ("name", "publisher", "releaseDate"), ("summary",)),
    ("skills", "Skills", ("name", "level", "keywords"), ()),
    ("languages", "Languages", ("language", "fluency"), ()),
    ("interests", "Interests", ("name", "keywords"), ()),
)
_BASICS: Final = ("name", "label", "email", "phone", "url")


def read_json_resume(raw: bytes) -> Document:
    """Return the resume as text with headings; raises Unreadable when it is none."""
    try:
        resume = json.loads(decode(raw))
    except (ValueError, RecursionError) as error:
        raise Unreadable("damaged: the JSON does not parse") from error
    if not isinstance(resume, Mapping) or not {"basics", "work", "skills"} & resume.keys():
        raise Unreadable("the JSON is no JSON Resume: it needs basics, work or skills")
    basics = resume.get("basics")
    parts = [_basics(basics)] if isinstance(basics, Mapping) else []
    parts += [
        f"{heading}\n{body}"
        for key, heading, first, below in _SECTIONS
        if (body := _entries(resume.get(key), first, below))
    ]
    return Document(text="\n\n".join(parts))


def _basics(basics: Mapping[str, Any]) -> str:
    head = "\n".join(text for key in _BASICS if (text := _text(basics.get(key))))
    location = basics.get("location")
    if isinstance(location, Mapping) and _text(location.get("address")):
        head += f"\nAddress: {_text(location.get('address'))}"
    summary = _text(basics.get("summary"))
    return f"{head}\n\nSummary\n{summary}" if summary else head


def _entries(entries: object, first: Sequence[str], below: Sequence[str]) -> str:
    if not isinstance(entries, list):
        return ""
    return "\n\n".join(_entry(e, first, below) for e in entries if isinstance(e, Mapping))


def _entry(entry: Mapping[str, Any], first: Sequence[str], below: Sequence[str]) -> str:
    head = [_text(entry.get(key)) for key in first]
    start, end = _text(entry.get("startDate")), _text(entry.get("endDate"))
    if start:
        head.append(f"{start} - {end or 'present'}")
    lines = [" | ".join(part for part in head if part)]
    for key in below:
        value = entry.get(key)
        lines += [f"• {_text(v)}" for v in value] if isinstance(value, list) else [_text(value)]
    return "\n".join(line for line in lines if line)


def _text(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(_text(v) for v in value)
    return str(value).strip() if isinstance(value, str | int | float) else ""
