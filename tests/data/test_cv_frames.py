from datetime import date

import polars as pl
import pytest

from data.cv.frames import read_cvs

TEXT = """\
Els Vermeulen
Interim CFO
Experience
CFO, Acme NV, 03/2019 - 04/2021
Cut the close to four days.
"""


def recorded(**roles: list[object]) -> pl.DataFrame:
    return pl.DataFrame({"candidate_id": ["a"] * len(roles["title"]), **roles})


def test_a_shard_becomes_three_tables_keyed_by_candidate() -> None:
    texts = pl.DataFrame(
        {
            "candidate_id": ["a", "b"],
            "text": [TEXT, "Profiel\nErvaren controller met kennis van consolidatie."],
            "hidden": [True, None],
            "note": ["hidden text removed: 3 characters", None],
        }
    )

    documents, passages, experiences = read_cvs(texts)

    assert documents.select("candidate_id", "language", "hidden").rows() == [
        ("a", "en", True),
        ("b", "nl", False),
    ]
    assert "Vermeulen" not in documents["text"][0]
    assert passages["candidate_id"].unique(maintain_order=True).to_list() == ["a", "b"]
    assert experiences.select("candidate_id", "experience", "title").rows() == [("a", 0, "CFO")]


def test_recorded_roles_win_and_passages_move_to_them() -> None:
    table = recorded(
        title=["Finance director", "Auditor"],
        organisation=["Acme", "Big Firm"],
        start=[date(2019, 4, 1), date(2010, 1, 1)],
        end=[date(2021, 4, 30), date(2018, 1, 1)],
        description=[None, "Audited 40 firms a year in three countries."],
    )

    documents, passages, experiences = read_cvs(
        pl.DataFrame({"candidate_id": ["a"], "text": [TEXT]}), table
    )

    assert experiences.select("experience", "title").rows() == [
        (0, "Finance director"),
        (1, "Auditor"),
    ]
    text = documents["text"][0]
    role = passages.filter(pl.col("experience") == 0).row(0, named=True)
    assert role["start"] == date(2019, 4, 1)
    added = passages.filter(pl.col("experience") == 1).row(0, named=True)
    assert added["text"] == "Auditor - Big Firm\nAudited 40 firms a year in three countries."
    for row in passages.iter_rows(named=True):
        assert row["text"] == text[row["start_char"] : row["end_char"]]
    for row in experiences.iter_rows(named=True):
        assert row["description"] == text[row["start_char"] : row["end_char"]]


def test_a_role_of_the_cv_that_nobody_recorded_keeps_its_dates_only() -> None:
    table = recorded(title=["Auditor"], start=[date(2010, 1, 1)], description=[None])

    _, passages, experiences = read_cvs(
        pl.DataFrame({"candidate_id": ["a"], "text": [TEXT]}), table
    )

    row = passages.filter(pl.col("section") == "experience").row(0, named=True)
    assert (row["experience"], row["start"]) == (None, date(2019, 3, 1))
    assert experiences.height == 1


def test_recorded_descriptions_lose_their_personal_data() -> None:
    table = recorded(
        title=["Auditor"], start=[None], description=["Call me: +32 475 12 34 56 now."]
    )

    documents, _, _ = read_cvs(pl.DataFrame({"candidate_id": ["a"], "text": [TEXT]}), table)

    assert "475" not in documents["text"][0]


@pytest.mark.parametrize("rows", [0, 1])
def test_the_tables_have_their_columns_even_when_empty(rows: int) -> None:
    texts = pl.DataFrame({"candidate_id": ["a"], "text": [""]}).head(rows)

    documents, passages, experiences = read_cvs(texts)

    assert documents.columns == ["candidate_id", "language", "text", "hidden", "note"]
    assert passages.schema["start"] == pl.Date
    assert experiences.schema["experience"] == pl.Int32
