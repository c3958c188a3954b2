"""A start kit follows the brief: its function, tools, objectives and dates, in its language."""

import re
from datetime import date
from itertools import pairwise

import pytest

from data.errors import InputError
from pipeline.decisions.store import Decision, append
from pipeline.settings import Settings
from pipeline.start_kit.kit import build_kit
from pipeline.start_kit.moments import end_of, feedback_moments
from pipeline.start_kit.page import kit_page
from pipeline.start_kit.text import kit_text

TODAY = date(2026, 11, 22)
HEADING = "brief_id,language,title,function,objectives,must_have,start_date,duration_months"
FULL = "B1,nl,Interim <b>x</b> CFO,Financieel directeur,Sluiting in vijf dagen,"
BRIEFS = f"""{HEADING}
{FULL}Kennis van SAP S/4HANA;IFRS,2027-01-04,7
B2,fr,Chef de projet,,,,,
"""


@pytest.fixture
def world(tmp_path):
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "briefs.csv").write_text(BRIEFS)
    (tmp_path / "inbox" / "candidates.csv").write_text("candidate_id,cv_text\nC1,x\nC2,x\n")
    (tmp_path / "inbox" / "contacts.csv").write_text("candidate_id,name\nC1,An Maes\n")
    chosen = [
        Decision(brief_id=brief, candidate_id="C1", decision="chosen", on=TODAY)
        for brief in ("B1", "B2")
    ]
    append(tmp_path / "runs", chosen)
    return tmp_path


def kit(world, brief="B1", candidate="C1", language=None):
    return build_kit(brief, candidate, world / "inbox", world / "runs", Settings(), TODAY, language)


def test_a_kit_is_drawn_from_its_brief(world):
    made = kit(world)

    assert (made.candidate, made.language, made.function) == ("An Maes", "nl", "finance")
    assert (made.start, made.end) == (date(2027, 1, 4), date(2027, 8, 3))
    assert made.tools == ("S/4HANA",) or "SAP" in made.tools[0]
    assert made.rules == ("IFRS",)
    text = kit_text(made)
    assert f"[ ] {made.tools[0]}: account met de rechten" in text
    assert "“Sluiting in vijf dagen”: vertrekpunt en maatstaf afgesproken (18/01/2027)" in text
    assert "Bankportalen" in text


def test_the_language_can_be_another(world):
    assert "Portails bancaires" in kit_text(kit(world, language="fr"))


def test_what_is_not_known_is_said(world):
    made = kit(world, "B2")

    text = kit_text(made)

    assert "Début\u00a0: à convenir" in text
    assert "14 jours après le début" in text
    assert [moment.kind for moment in made.moments] == ["first", "audit", "month"]


def test_a_kit_is_for_a_candidate_who_was_chosen(world):
    with pytest.raises(InputError, match=r"decision record .* B1 C2 chosen"):
        kit(world, candidate="C2")
    with pytest.raises(InputError, match="must hold brief 'B9'"):
        kit(world, "B9")


def test_an_agreed_mission_gives_the_dates(world):
    (world / "inbox" / "placements.csv").write_text(
        "placement_id,brief_id,candidate_id,start_date,planned_end\nP1,B1,C2,2026-11-16,2027-05-31\n"
    )

    made = kit(world, candidate="C2")

    assert (made.start, made.end) == (date(2026, 11, 16), date(2027, 5, 31))


@pytest.mark.parametrize("language", ["en", "fr", "nl", "de"])
def test_a_page_needs_no_network(world, language):
    page = kit_page(kit(world, language=language))

    assert f'<html lang="{language}">' in page
    assert "default-src 'none'" in page
    assert not re.search(r"<script|src=|https?://|\{\w+\}|<b>x", page)


@pytest.mark.parametrize("months", [0.5, 1, 2, 3, 4, 6, 9, 12, 24])
def test_moments_run_from_week_one_to_the_end_on_working_days(months):
    start = date(2027, 1, 4)

    moments = feedback_moments(start, months)

    days = [moment.day for moment in moments]
    assert days == sorted(set(days))
    assert all(day.weekday() < 5 for day in days)
    assert moments[-1].kind == "closing"
    assert (end_of(start, months) - days[-1]).days in (0, 1, 2)
    gaps = [(later - day).days for day, later in pairwise(days)]
    assert max([0, *gaps]) <= 92


def test_a_mission_ends_the_day_before_the_same_day():
    assert end_of(date(2027, 1, 4), 6) == date(2027, 7, 3)
    assert end_of(date(2027, 8, 31), 6) == date(2028, 2, 28)
    assert end_of(date(2027, 1, 1), 0.5) == date(2027, 1, 15)
