import pytest

from models.overlap import repeats, told_title


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
