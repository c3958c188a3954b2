# ruff: noqa: RUF001 - the dashes, quotes and broken characters of real CVs are meant
import time
from datetime import date

import pytest

from data.text.dates import find_periods, find_single_dates, undated


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("06/2015 - heden", (2015, 6, 1), None),
        ("depuis mars 2018", (2018, 3, 1), None),
        ("seit 2019", (2019, 1, 1), None),
        ("sinds januari 2020", (2020, 1, 1), None),
        ("since Sept. 2011", (2011, 9, 1), None),
        ("July 2011\n \nto \nNovember 2012", (2011, 7, 1), (2012, 11, 30)),
        ("2012 – 2015", (2012, 1, 1), (2015, 12, 31)),
        ("de janvier 2015 à ce jour", (2015, 1, 1), None),
        ("du 01/2015 à aujourd’hui", (2015, 1, 1), None),
        ("jan. 2015 tot en met dec. 2016", (2015, 1, 1), (2016, 12, 31)),
        ("1er mars 2014 au 31 décembre 2015", (2014, 3, 1), (2015, 12, 31)),
        ("01.03.2014 bis 31.12.2015", (2014, 3, 1), (2015, 12, 31)),
        ("März 2014 – heute", (2014, 3, 1), None),
        ("2016-03 – 2017-02", (2016, 3, 1), (2017, 2, 28)),
        ("Sept '14 - Current", (2014, 9, 1), None),
        ("09/15 - 03/16", (2015, 9, 1), (2016, 3, 31)),
        ("Summer 2012 to Fall 2013", (2012, 6, 1), (2013, 9, 30)),
    ],
)
def test_a_period_is_read_in_four_languages(
    words: str, start: tuple[int, int, int], end: tuple[int, int, int] | None
) -> None:
    (period,) = find_periods(f"Interim CFO, {words}, Acme")

    assert period.start == date(*start)
    assert period.end == (date(*end) if end else None)
    assert f"Interim CFO, {words}, Acme"[period.start_char : period.end_char] in words


@pytest.mark.parametrize(
    "words",
    [
        "2015 - 2012",
        "13/2015 - 14/2016",
        "from 3/15 to 2017",
        "1200 - 1400 units",
        "in 2014 we did 2013",
        "2035 - 2036",
    ],
)
def test_what_is_no_possible_period_is_not_invented(words: str) -> None:
    assert find_periods(words, as_of=date(2026, 11, 22)) == []


def test_a_contract_that_ends_within_a_year_is_possible() -> None:
    assert find_periods("2024 - 10/2027", as_of=date(2026, 11, 22))


@pytest.mark.parametrize("period", ["01/2019 - 12/2020", "jan. 2019 tot dec 2020", "2019 – 2020"])
def test_text_without_its_periods_is_the_same_however_they_are_written(period: str) -> None:
    assert undated(f"Controller, {period}, IFRS 17") == "Controller, , IFRS 17"


def test_single_dates_cover_their_month_or_year() -> None:
    found = list(find_single_dates("In mei 2014 en 2016."))

    assert [(d.start, d.end) for d in found] == [
        (date(2014, 5, 1), date(2014, 5, 31)),
        (date(2016, 1, 1), date(2016, 12, 31)),
    ]


@pytest.mark.parametrize("worst", ["1", "1/", "jan ", " ", "2012 - ", "2012\n", "mars ", "' 1. "])
def test_time_grows_with_the_text_only(worst: str) -> None:
    def seconds(size: int) -> float:
        text = worst * (size // len(worst))
        start = time.process_time()
        find_periods(text)
        return time.process_time() - start

    seconds(1000)
    # linear: 16 times the text may not take 100 times as long, beyond what a timer can tell
    assert seconds(160_000) < 100 * max(seconds(10_000), 0.005)
