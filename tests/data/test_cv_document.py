# ruff: noqa: RUF001 - the dashes, quotes and broken characters of real CVs are meant
import json
from pathlib import Path

import pytest

from data.cv.document import Unreadable, read_document
from data.cv.read import read_cv

WORDS = "Contrôleuse de gestion – 12 € de l'heure"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
def test_a_text_file_is_read_in_any_usual_encoding(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "cv.txt"
    file.write_bytes(WORDS.encode(encoding))

    assert read_document(file).text == WORDS


def test_a_json_resume_becomes_a_cv_with_sections_and_dated_roles(tmp_path: Path) -> None:
    file = tmp_path / "cv.json"
    file.write_text(
        json.dumps(
            {
                "basics": {
                    "name": "Sofie Claes",
                    "label": "Interim CFO",
                    "email": "sofie@example.org",
                    "summary": "Twenty years in finance.",
                },
                "work": [
                    {
                        "name": "Acme NV",
                        "position": "Interim CFO",
                        "startDate": "2020-03",
                        "highlights": ["Cut the close from ten days to four."],
                    },
                    {
                        "name": "Beta SA",
                        "position": "Controller",
                        "startDate": "2014-01-15",
                        "endDate": "2020-02-28",
                        "summary": "Budgets for six countries.",
                    },
                ],
                "skills": [{"name": "ERP", "keywords": ["SAP", "Oracle"]}],
                "languages": [{"language": "Dutch", "fluency": "Native"}],
            }
        )
    )

    cv = read_cv(read_document(file).text)

    assert "Claes" not in cv.text
    assert cv.experiences.select("title", "organisation").rows() == [
        ("Interim CFO", "Acme NV"),
        ("Controller", "Beta SA"),
    ]
    assert [str(d) for d in cv.experiences["start"]] == ["2020-03-01", "2014-01-01"]
    assert cv.experiences["end"][0] is None
    assert {"summary", "experience", "skills", "languages"} <= set(cv.passages["section"])


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("cv.pdf", b"", "empty"),
        ("cv.txt", b" \n ", "empty"),
        ("cv.txt", b"\x00\x01\x02\x00binary\xff", "not text"),
        ("cv.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Word file"),
        ("cv.rtf", b"{\\rtf1 text}", "format .rtf is not read"),
        ("cv.pdf", b"Just words", "no PDF inside"),
        ("cv.json", b"{", "does not parse"),
        ("cv.json", b"[" * 100_000, "does not parse"),
        ("cv.json", b"[1, 2]", "no JSON Resume"),
        ("cv.txt", b"word " * 100_000, "too long"),
    ],
)
def test_what_cannot_be_used_says_why(
    tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    file = tmp_path / name
    file.write_bytes(content)

    with pytest.raises(Unreadable, match=reason):
        read_document(file)


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="cannot be opened"):
        read_document(tmp_path / "none.pdf")
