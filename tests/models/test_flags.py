import pytest

from models.overlap import copied_shares, repeats, told_title


@pytest.mark.parametrize(
    "title",
    [
        "Payroll Officer",
        "Interim Head of Human Resources",
        "Senior Manager Financial Planning and Analysis",
        "Sales Manager - Benelux",
    ],
)
def test_the_name_of_a_job_may_stand_in_any_cv(title):
    assert told_title(title) is None


def test_a_title_with_what_a_client_added_is_found_word_for_word():
    told = told_title("Interim Controller - carve-out of a chemicals line")
    assert told == "interim controller carve out of a chemicals line"
    assert repeats(told, "2020 - now\nInterim controller, carve-out of a chemicals line\nClosed")
    assert not repeats(told, "Interim controller for the carve-out of a line of chemicals")


ASKED = [
    "closed the books of six entities in four working days each month end",
    "led a team of nine",
]


def test_requirements_alone_may_be_copied():
    brief = [*ASKED, "a description of forty other words " * 6]
    pasted = f"Controller. {ASKED[0]}. Rugby."
    whole, alone = copied_shares(
        [brief, ASKED], [pasted, "Closed the books of six entities in June."]
    )
    assert whole[0] < alone[0] == 8 / 8  # thirteen words and five: eight runs and none
    assert whole[1] == alone[1] == 0  # one stock phrase
