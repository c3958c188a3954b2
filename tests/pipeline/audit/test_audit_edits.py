import random
from pathlib import Path

import polars as pl
import pytest

from data.cv.read import read_cv
from pipeline.audit.edits import EDITS, sections
from pipeline.audit.languages import audit_languages

CV = (Path(__file__).parent / "cv.txt").read_text(encoding="utf-8")
BY_NAME = {edit.name: edit for edit in EDITS}


def dice(seed: int = 1) -> random.Random:
    return random.Random(seed)  # noqa: S311 - no secret


def edited(name: str) -> str:
    return BY_NAME[name].change(CV, dice())


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.name)
def test_every_edit_changes_this_cv(edit) -> None:
    assert edit.change(CV, dice()) != CV


@pytest.mark.parametrize("edit", [e for e in EDITS if e.kind == "removed"], ids=lambda e: e.name)
def test_what_intake_removes_leaves_the_same_passages(edit) -> None:
    for seed in range(12):
        read = read_cv(edit.change(CV, dice(seed)))
        assert read.passages["text"].to_list() == read_cv(CV).passages["text"].to_list()


def test_a_cv_is_the_sum_of_its_sections() -> None:
    parts = sections(CV)
    assert "".join(text for _, text in parts) == CV
    names = ["head", "summary", "experience", "skills", "education"]
    assert [name for name, _ in parts] == names


def test_sections_in_another_order_keep_every_passage() -> None:
    before, after = (
        set(read_cv(text).passages["text"]) for text in (CV, edited("sections in another order"))
    )
    assert before == after


def test_a_gap_moves_what_came_before_the_newest_role() -> None:
    text = edited("a gap of 14 months")
    assert "03/2021 - 02/2024" in text
    assert "11/2013 - 12/2019" in text  # 01/2015 to 02/2021, each fourteen months earlier


def test_periods_in_another_notation_are_the_same_periods() -> None:
    text = edited("periods written in another way")
    assert "2015-01 - 2021-02" in text
    before, after = (read_cv(cv).experiences.select("start", "end") for cv in (CV, text))
    assert before.equals(after)


def test_graduation_moves_and_the_rest_stays() -> None:
    text = edited("graduation 8 to 15 years earlier")
    assert "1991" not in text
    assert text.split("Formation")[0] == CV.split("Formation")[0]


def test_titles_take_the_other_gender() -> None:
    text = edited("job titles in the other gender")
    assert "Directeur financière" in text
    assert "Contrôleuse de gestion coaché" in text


def run(best: str) -> pl.DataFrame:
    """Two careers of two professions in two languages; `best` breaks the ties of one career."""
    rows = [
        (f"{brief}-fr", f"{career}-{told}", 10.0 * (brief[-1] == career[-1]) + (told == best))
        for brief in ("B1", "B2")
        for career in ("C1", "C2")
        for told in ("en", "fr")
    ]
    return pl.DataFrame(rows, schema=["brief_id", "candidate_id", "score"], orient="row")


PROFESSIONS = {"B1": "cook", "B2": "nurse", "C1": "cook", "C2": "nurse"}


def test_the_share_of_the_own_language_is_counted_over_the_first_places() -> None:
    found = audit_languages("toy", run("fr"), PROFESSIONS, top=1)
    assert (found.own, found.suited, found.passes) == (1.0, 1.0, False)
    found = audit_languages("toy", run("en"), PROFESSIONS, top=1)
    assert (found.own, found.most, found.passes) == (0.0, 1.0, True)
    found = audit_languages("toy", run("fr"), PROFESSIONS, top=2)
    assert found.own == 2 / 4
    assert found.spread == 100 * 0.5 / 4
