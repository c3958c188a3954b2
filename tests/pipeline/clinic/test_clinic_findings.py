"""Gaps, contradictions, relaxations and changes of a brief, each from a brief made to have it."""

from datetime import date
from types import SimpleNamespace

import numpy as np
import polars as pl
import pytest

from data.errors import InputError
from data.inbox import InboxSettings
from data.schema import Briefs
from models.gates.answers import FAIL, PASS, UNKNOWN
from models.requirements import read_requirements
from pipeline.clinic.changes import field_changes, requirement_changes
from pipeline.clinic.check import budget_conflict
from pipeline.clinic.completeness import TOPICS, read_points
from pipeline.clinic.contradictions import find_contradictions
from pipeline.clinic.prose import read_prose
from pipeline.clinic.relaxations import relaxations, variants
from pipeline.clinic.rigidity import Rigidity
from pipeline.clinic.source import read_brief
from pipeline.clinic.told import read_as_told, told_columns

TODAY = date(2026, 11, 22)
FULL = {
    "brief_id": "B1",
    "version": 1,
    "language": "en",
    "title": "Interim CFO",
    "reason": "crisis",
    "objectives": ["A 13-week cash forecast"],
    "must_have": ["Cash planning", "Consolidation under IFRS", "Negotiating with banks"],
    "nice_to_have": ["Knows the sector"],
    "languages": [
        {"code": "nl", "level": "C1", "required": True},
        {"code": "fr", "level": "B2", "required": False},
    ],
    "country": "BE",
    "place": "Antwerp",
    "work_mode": "onsite",
    "start_date": date(2027, 1, 18),
    "duration_months": 6.0,
    "days_per_week": 4.0,
    "day_rate_max_eur": 700.0,
    "description": "Cash is tight.",
    "received_at": date(2026, 11, 20),
}


def frame(**changed):
    schema = {name: column.dtype for name, column in Briefs.columns().items()}
    row = dict.fromkeys(schema) | FULL | changed
    return pl.DataFrame([row], schema=schema)


def brief(**changed):
    return frame(**changed).row(0, named=True)


def told(text):
    return read_prose(text, FULL["received_at"])


def kinds(text="", **changed):
    row = brief(description=text, **changed)
    return {found.kind for found in find_contradictions(row, told(text), TODAY)}


def test_a_full_brief_leaves_open_only_what_has_no_column():
    points = read_points(brief(), told(""), read_requirements(frame()))

    missing = [point.topic for point in points if point.state == "missing"]
    assert missing == ["authority", "decision_maker"]


def test_a_title_alone_leaves_everything_open():
    empty = frame(**{name: None for name in FULL if name not in ("brief_id", "title", "version")})

    points = read_points(empty.row(0, named=True), told(""), read_requirements(empty))

    assert {point.topic for point in points if point.state == "missing"} == set(TOPICS)


def test_what_stands_only_in_the_text_is_told_with_its_sentence():
    text = "Our budget is € 850 per day."
    points = read_points(
        brief(day_rate_max_eur=None), told(text), read_requirements(frame(day_rate_max_eur=None))
    )

    rate = next(point for point in points if point.topic == "rate")
    assert (rate.state, rate.quote) == ("told", text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The budget is € 850 per day.", "rate"),
        ("It is for about 9 months.", "duration"),
        ("You come 3 days a week.", "days"),
        ("It is full-time.", "days"),
        ("Start on 1 March 2027.", "start"),
        ("Please start as soon as possible.", "asap"),
        ("Place: Liège.", "place"),
        ("The work can be done fully from home.", "mode"),
        ("Languages: Dutch, German.", "language_unlisted"),
        ("Languages: French.", "language_untold"),
    ],
)
def test_prose_against_a_column_is_a_contradiction(text, kind):
    assert kinds(text) == {kind}


@pytest.mark.parametrize(
    "text",
    [
        "The budget is € 700 per day, for about 6 months, 4 days a week.",
        "Place: Antwerpen. Languages: Dutch, French. Start on 20 January 2027.",
        "",
    ],
)
def test_prose_that_agrees_is_none(text):
    assert kinds(text) == set()


def test_a_start_that_has_passed_is_named():
    assert kinds(start_date=date(2026, 11, 1)) == {"past"}


def test_a_must_have_that_is_also_a_wish():
    assert kinds(nice_to_have=["IFRS consolidation"]) == {"tiers"}


def test_skills_that_can_be_learnt_beside_a_rigid_list():
    text = "Technical skills can be learned on the job."
    assert kinds(text) == set()
    assert kinds(text, must_have=[f"Skill number {n} of many" for n in "abcde"]) == {"learnable"}


def test_each_relaxation_eases_one_condition():
    row = brief()

    eased = relaxations(row)

    told = [(one.kind, one.subject, one.eased, one.value) for one in eased]
    assert told == [
        *(("must", must, "nice", None) for must in row["must_have"]),
        ("language", "nl", "lower", "B2"),
        ("language", "nl", "wished", None),
        ("rate", "", "dearer", 775.0),
        ("rate", "", "dearer", 850.0),
        ("start", "", "later", date(2027, 2, 17)),
        ("start", "", "later", date(2027, 3, 19)),
        ("place", "", "mode", "hybrid"),
        ("place", "", "mode", "remote"),
    ]
    ranked = variants(frame(), eased)
    assert ranked["brief_id"].to_list() == [str(n) for n in range(1 + len(eased))]
    assert ranked.drop("brief_id").row(0) == frame().drop("brief_id").row(0)
    assert ranked["must_have"][1].to_list() == row["must_have"][1:]
    assert ranked["nice_to_have"][1].to_list() == ["Knows the sector", "Cash planning"]
    assert ranked["languages"][5][0] == {"code": "nl", "level": "C1", "required": False}


def test_a_brief_without_conditions_has_nothing_to_ease():
    bare = dict.fromkeys(FULL) | {"brief_id": "B1", "title": "Interim CFO", "version": 1}

    assert relaxations(bare) == ()


def test_changed_fields_are_told_with_both_values():
    after = brief(day_rate_max_eur=800.0, place="Ghent", description="Cash  is tight.")

    changes = [(c.field, c.before, c.after) for c in field_changes(brief(), after)]

    assert changes == [("place", "Antwerp", "Ghent"), ("day_rate_max_eur", 700.0, 800.0)]


def test_requirements_come_go_move_and_are_reworded():
    after = frame(
        must_have=["Cash planning of the group", "Turnaround of a plant"],
        nice_to_have=["Consolidation under IFRS", "Knows the sector"],
    )

    found = requirement_changes(read_requirements(frame()), read_requirements(after), "en")

    assert sorted((change.kind, change.text) for change in found) == [
        ("added", "Turnaround of a plant"),
        ("dropped", "Negotiating with banks"),
        ("moved", "Consolidation under IFRS"),
        ("reworded", "Cash planning of the group"),
    ]


def test_what_only_the_text_tells_can_be_put_into_its_fields():
    text = "Place: Hasselt. Languages: Dutch. Our budget is € 650 per day, for about 6 months."
    bare = dict.fromkeys(FULL) | {"day_rate_max_eur": 700.0}

    assert told_columns(bare, told(text)) == {
        "duration_months": 6.0,
        "languages": [{"code": "nl", "level": None, "required": True}],
        "place": "Hasselt",
        "country": "BE",
    }
    assert told_columns(brief(), told(text)) == {}


def test_conditions_of_the_text_are_counted_by_the_gates():
    answers = {
        "language": [FAIL, PASS, PASS],
        "place": [FAIL, FAIL, UNKNOWN],
        "licence": [PASS] * 3,
    }
    gates = {name: SimpleNamespace(answers=np.array(each)) for name, each in answers.items()}

    counted = read_as_told(SimpleNamespace(gates=gates))

    assert (counted.eligible, counted.fails) == (1, (("place", 2), ("language", 1)))


@pytest.mark.parametrize(
    ("priced", "affordable", "conflict"),
    [(6, 1, True), (6, 2, False), (2, 0, False), (0, 0, False)],
)
def test_must_haves_that_cost_more_than_the_budget(priced, affordable, conflict):
    rigidity = Rigidity(
        pool=9,
        eligible=9,
        musts=3,
        costs=(),
        complete=priced,
        priced=priced,
        affordable=affordable,
        median=850.0,
    )

    found = budget_conflict(brief(), rigidity)

    assert bool(found) is conflict
    assert budget_conflict(brief(day_rate_max_eur=None), rigidity) == ()


def test_a_letter_is_a_brief(tmp_path):
    path = tmp_path / "letter.txt"
    path.write_text(
        "Bonjour,\n\nNous cherchons un contrôleur de gestion, à Namur.\nMerci", "cp1252"
    )

    row = read_brief(path, InboxSettings()).row(0, named=True)

    assert row["brief_id"] == "letter"
    assert row["title"] == "Nous cherchons un contrôleur de gestion"
    assert row["language"] == "fr"


def test_the_subject_of_a_mail_is_its_title(tmp_path):
    path = tmp_path / "mail.txt"
    path.write_text("Onderwerp: Interim CFO gezocht\n\nDag,\nwij zoeken iemand.")

    assert read_brief(path, InboxSettings())["title"][0] == "Interim CFO gezocht"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.toml", 'title = "CFO"\nstart_date = 2027-01-04\nmust_have = ["IFRS"]\n'),
        ("a.json", '[{"title": "CFO", "start_date": "2027-01-04", "must_have": ["IFRS"]}]'),
    ],
)
def test_a_file_of_columns_is_a_brief(tmp_path, name, text):
    (tmp_path / name).write_text(text)

    row = read_brief(tmp_path / name, InboxSettings()).row(0, named=True)

    assert (row["title"], row["start_date"], row["must_have"]) == (
        "CFO",
        date(2027, 1, 4),
        ["IFRS"],
    )


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("a.toml", "title = ", "cannot be read"),
        ("a.json", "[1, 2]", "must hold one brief"),
        ("a.json", '{"title": ""}', "that the inbox would take"),
        ("a.txt", "\n\n", "that the inbox would take|has the columns|must have"),
    ],
)
def test_what_is_no_brief_is_refused(tmp_path, name, text, says):
    (tmp_path / name).write_text(text)

    with pytest.raises(InputError, match=says):
        read_brief(tmp_path / name, InboxSettings())
