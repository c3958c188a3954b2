import polars as pl

from data.cv.duplicates import find_duplicates

BODY = " ".join(
    f"Led project number {i} for client {i * 7} with budget {i * 13}." for i in range(60)
)
OTHER = " ".join(f"Taught class {i} of school {i * 3} about subject {i * 5}." for i in range(60))


def test_the_same_and_nearly_the_same_cv_point_to_the_first() -> None:
    documents = pl.DataFrame(
        {
            "candidate_id": ["a", "b", "c", "d", "e"],
            "text": [BODY, OTHER, BODY.upper(), f"Updated in 2024. {BODY}", "Short"],
        }
    )

    assert find_duplicates(documents).rows() == [("c", "a"), ("d", "a")]


def test_cvs_that_share_a_template_are_not_duplicates() -> None:
    half = BODY[: len(BODY) // 2]
    documents = pl.DataFrame({"candidate_id": ["a", "b"], "text": [BODY, half + OTHER]})

    assert find_duplicates(documents).is_empty()


def test_no_documents_give_no_pairs() -> None:
    documents = pl.DataFrame(schema={"candidate_id": pl.String, "text": pl.String})

    assert find_duplicates(documents).is_empty()
