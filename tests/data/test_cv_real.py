"""What the reading of CVs reaches on real ones; floors a little below the measured values."""

import gzip
import json
import re
from collections import Counter
from difflib import SequenceMatcher
from pathlib import Path
from typing import NamedTuple

import pytest

from data.cv.document import read_document
from data.cv.read import Row, parse_cv
from data.text.clean import clean
from data.text.redact import redact

EVERY = 12  # CV in the sample


class Read(NamedTuple):
    cv_id: str
    raw: str
    text: str
    language: str
    experiences: list[Row]
    passages: list[Row]


@pytest.fixture(scope="module")
def texts(shared: Path) -> dict[str, str]:
    with gzip.open(shared / "real_cvs" / "cvs.jsonl.gz", "rt") as lines:
        return {row["cv_id"]: row["text"] for row in map(json.loads, lines)}


@pytest.fixture(scope="module")
def sample(texts: dict[str, str]) -> list[Read]:
    ids = sorted(texts)[::EVERY]
    return [Read(i, texts[i], *parse_cv(texts[i])) for i in ids]


def share(answers: list[bool]) -> float:
    return sum(answers) / len(answers)


def test_almost_every_cv_has_dated_roles_skills_and_the_right_language(sample: list[Read]) -> None:
    assert share([bool(cv.experiences) for cv in sample]) >= 0.97
    assert share([any(p["section"] == "skills" for p in cv.passages) for cv in sample]) >= 0.96
    assert share([cv.language == "en" for cv in sample]) >= 0.99


def test_roles_know_their_title_and_organisation(sample: list[Read]) -> None:
    roles = [role for cv in sample for role in cv.experiences]

    assert len(roles) / len(sample) >= 4
    assert share([role["title"] is not None for role in roles]) >= 0.94
    assert share(["Company Name" in (role["organisation"] or "") for role in roles]) >= 0.85


def test_passages_cover_the_cv_exactly_in_pieces_that_fit_an_encoder(sample: list[Read]) -> None:
    words = [len(p["text"].split()) for cv in sample for p in cv.passages]

    assert 12 <= len(words) / len(sample) <= 18
    assert max(words) <= 120
    assert sum(words) / sum(len(cv.text.split()) for cv in sample) >= 0.97
    for cv in sample:
        for p in cv.passages:
            assert p["text"] == cv.text[p["start_char"] : p["end_char"]]


def test_redaction_takes_next_to_nothing_of_cvs_that_were_masked_already(
    sample: list[Read],
) -> None:
    before = sum(len(clean(cv.raw)) for cv in sample)
    after = sum(len(cv.text) for cv in sample)

    assert 1 - after / before <= 0.002
    assert all(redact(cv.text) == cv.text for cv in sample)


def test_pdf_files_hold_the_words_of_their_texts_in_order(
    shared: Path, texts: dict[str, str]
) -> None:
    recall, precision, order = [], [], []
    for path in sorted((shared / "real_cvs" / "pdf").glob("*.pdf"))[::EVERY]:
        want = re.findall(r"\w+", clean(texts[path.stem]))
        found = re.findall(r"\w+", clean(read_document(path).text))
        common = (Counter(want) & Counter(found)).total()
        blocks = SequenceMatcher(None, want, found, autojunk=False).get_matching_blocks()
        recall.append(common / len(want))
        precision.append(common / len(found))
        order.append(sum(block.size for block in blocks) / common)

    assert sum(recall) / len(recall) >= 0.995
    assert sum(precision) / len(precision) >= 0.99
    assert sum(order) / len(order) >= 0.98
