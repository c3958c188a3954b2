"""Texts of a few lines, each with one habit of CVs: how roles are dated, cut and left alone."""

from datetime import date

import pytest

from data.cv.read import read_cv


def test_long_roles_are_cut_at_sentence_ends_into_passages_of_like_size() -> None:
    sentence = "Led the change of one plant in the north with a team of twelve people."  # 15 words
    cv = read_cv(f"Experience\nCFO, Acme NV, 2015 - 2018\n{' '.join([sentence] * 14)}")

    sizes = [len(text.split()) for text in cv.passages["text"]]

    assert sum(sizes) == 14 * 15 + 6
    assert len(sizes) == 3  # 216 words
    assert max(sizes) - min(sizes) <= 15
    assert all(text.endswith("people.") for text in cv.passages["text"])


def test_words_without_any_sentence_end_are_still_cut() -> None:
    cv = read_cv(f"Skills\n{', '.join(f'tool{i}' for i in range(450))}")

    sizes = [len(text.split()) for text in cv.passages["text"]]

    assert sum(sizes) == 450
    assert max(sizes) <= 100


def test_header_lines_above_and_below_the_dates_follow_the_first_role() -> None:
    cv = read_cv(
        "Experience\nAcme Group\nController\n03/2015 - 04/2018\nGhent, Belgium\n"
        "Built the monthly reporting.\n"
        "Beta Group\nAuditor\n01/2012 - 02/2015\nLeuven\nAudited 40 firms a year.\n"
    )

    assert cv.experiences.select("title", "organisation", "country", "description").rows() == [
        ("Controller", "Acme Group", "BE", "Built the monthly reporting."),
        ("Auditor", "Beta Group", None, "Audited 40 firms a year."),
    ]


def test_years_alone_date_a_list_of_missions() -> None:
    cv = read_cv("Missions\n2021 : CFO de transition, Acme SA\n2019 : Directeur de projet, Beta SA")

    assert [str(d) for d in cv.experiences["start"]] == ["2021-01-01", "2019-01-01"]
    assert [str(d) for d in cv.experiences["end"]] == ["2021-12-31", "2019-12-31"]


def test_a_month_alone_does_not_say_how_long_a_role_took() -> None:
    cv = read_cv("Experience\nMarch 2014\nController, Acme NV\nBuilt the monthly reporting.")

    assert cv.experiences.is_empty()


def test_roles_are_read_without_any_heading() -> None:
    cv = read_cv(
        "Jo Maes\nController\n2015 - 2019 Controller, Acme NV\nBuilt the monthly reporting."
    )

    assert cv.experiences["title"].to_list() == ["Controller"]


def test_dates_in_sentences_and_in_education_make_no_role() -> None:
    cv = read_cv(
        "Experience\nCFO, Acme NV, 2015 - 2018\n"
        "Cut the cost of the plant by a fifth between 2016 and 2017 "
        "and again from 2017 to 2018 with one team.\n"
        "Education\n2001 - 2005 Business engineering"
    )

    assert cv.experiences.height == 1


def test_periods_after_the_night_are_ignored() -> None:
    text = (
        "Experience\nCFO, Acme NV, 2030 - 2031\nFuture work.\nCFO, Beta NV, 2015 - 2018\nPast work."
    )

    cv = read_cv(text, as_of=date(2026, 11, 22))

    assert [str(d) for d in cv.experiences["start"]] == ["2015-01-01"]


@pytest.mark.parametrize(
    "text", ["", "   ", "[name]", "2012 - 2015", "•", "Experience", ":", "\x00"]
)
def test_odd_texts_give_a_cv_without_surprises(text: str) -> None:
    cv = read_cv(text)

    assert cv.experiences.height <= 1
    assert all(t.strip() for t in cv.passages["text"])


def test_bait_for_slow_patterns_is_read_in_time_that_grows_with_its_length() -> None:
    for bait in (
        "jan 2012 to ",
        "2012 - 2014\n",
        "a: ",
        "• ",
        "ABC DEF\n",
        "a@",
        "12 Rue Abc ",
        "[",
        "( ",
    ):
        text = bait * (100_000 // len(bait))
        assert read_cv(text, language="en").text


@pytest.mark.parametrize("heading", ["Education", "Formation", "Opleiding", "Ausbildung"])
def test_the_years_of_education_tell_no_age(heading: str) -> None:
    education = f"{heading}\n1988 - 1992 Master, KU Leuven"
    text = f"Experience\n2019 - 2021 CFO, Acme\nLed a team.\n\n{education}"

    read = read_cv(text)

    assert "1988" not in read.text
    assert "1992" not in read.text
    assert "2019 - 2021" in read.text
    assert read.passages.filter(section="education")["text"].to_list() == [
        "[yr] - [yr] Master, KU Leuven"
    ]
