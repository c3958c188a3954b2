"""The clinic ranks a small pool with known answers: what it says is what that ranking says."""

import json
import re
from datetime import date
from functools import cache

import polars as pl
import pytest

from pipeline.clinic import wording
from pipeline.clinic.check import check_brief
from pipeline.clinic.compare import compare_versions
from pipeline.clinic.compare_text import compare_text
from pipeline.clinic.page import check_page, compare_page
from pipeline.clinic.text import check_text
from pipeline.decisions.store import Decision, append
from pipeline.export.catalogue import LANGUAGES
from pipeline.journal import open_journal
from pipeline.settings import Settings
from pipeline.stages.vectors import open_encoder

TODAY = date(2026, 11, 22)
SCRIPT = "<script>alert(1)</script>"
BRIEF = {
    "title": f"Interim CFO {SCRIPT}",
    "language": "fr",
    "reason": "crisis",
    "objectives": ["Meilleure ambiance"],
    "must_have": ["Consolidation IFRS", "Trésorerie de groupe"],
    "languages": ["fr:C1:required", "nl:C1:required"],
    "country": "BE",
    "place": "Namur",
    "work_mode": "onsite",
    "day_rate_max_eur": 700,
    "description": "Tarif : 900 euros par jour. Une crise de trésorerie.",
}
CV = """Expérience professionnelle

Directeur financier, Groupe {name}, janvier 2019 - mars 2024
- Consolidation IFRS de douze filiales, clôture en cinq jours
- Trésorerie de groupe : plan de liquidité et négociation avec trois banques
"""
# candidate: languages, day rate, way of working; what keeps the person off
POOL = {
    "C1": ("fr:C2;nl:C1", 600, "onsite"),
    "C2": ("fr:C2", 650, "onsite"),  # Dutch
    "C3": ("fr:C1;nl:C2", 800, "onsite"),  # rate, but for a tenth
    "C4": ("fr:C2", 900, "onsite"),  # Dutch and rate
    "C5": ("fr:C2;nl:C2", 550, "remote"),  # place
    "C6": ("fr:C2;nl:C1", 690, "onsite"),
}


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """An inbox of six candidates and two versions of a brief beside it."""
    monkeypatch = pytest.MonkeyPatch()
    monkeypatch.setattr("pipeline.nightly.open_encoder", cache(open_encoder))
    folder = tmp_path_factory.mktemp("clinic")
    (folder / "inbox").mkdir()
    rows = [
        {
            "candidate_id": name,
            "cv_text": CV.format(name=name),
            "languages": languages,
            "day_rate_eur": rate,
            "work_modes": mode,
            "country": "BE",
            "place": "Namur",
            "max_distance_km": 50,
        }
        for name, (languages, rate, mode) in POOL.items()
    ]
    pl.DataFrame(rows).write_csv(folder / "inbox" / "candidates.csv")
    (folder / "inbox" / "briefs.csv").write_text("brief_id,title\nB1,Interim CFO\n")
    (folder / "v1.json").write_text(json.dumps(BRIEF))
    after = BRIEF | {"day_rate_max_eur": 500, "must_have": ["Consolidation IFRS", "Audit interne"]}
    (folder / "v2.json").write_text(json.dumps(after))
    yield folder
    monkeypatch.undo()


@pytest.fixture(scope="module")
def found(world):
    return check_brief(
        str(world / "v1.json"), world / "inbox", world / "runs", Settings(), TODAY, open_journal()
    )


@pytest.fixture(scope="module")
def costs(found):
    return {(cost.kind, cost.subject): cost for cost in found.rigidity.costs}


def test_a_file_beside_the_inbox_is_checked(found):
    assert (found.brief.brief_id, found.language) == ("v1", "fr")
    assert (found.rigidity.pool, found.rigidity.eligible) == (6, 2)
    assert [each.kind for each in found.contradictions] == ["rate"]
    missing = {point.topic for point in found.points if point.state == "missing"}
    assert missing == {"start", "duration", "days", "authority", "decision_maker"}
    assert found.unmeasured == ("Meilleure ambiance",)
    assert found.as_told is None  # the text tells the rate alone, and a field states it


def test_questions_are_in_the_clients_language(found):
    asked = wording.client_questions(found)

    assert len(asked) == 5 + 1 + 1
    assert "Meilleure ambiance" in asked[5]
    assert "Tarif : 900 euros par jour" in asked[6]


def test_what_was_read_as_demand_is_quoted(found):
    words = {words for demand in found.demand for words, _ in demand.words}

    assert "crise" in words
    assert found.overall > 0.4


@pytest.mark.parametrize(
    ("condition", "fails", "alone"),
    [
        (("language", "nl"), 2, 1),  # C2 and C4; C2 for this alone
        (("language", "fr"), 0, 0),
        (("rate", ""), 2, 1),  # C3 and C4; C3 for this alone
        (("place", ""), 1, 1),  # C5
    ],
)
def test_a_condition_costs_whom_its_gate_fails(costs, condition, fails, alone):
    assert (costs[condition].fails, costs[condition].alone) == (fails, alone)


@pytest.mark.parametrize(
    ("condition", "place", "added"),
    [
        (("language", "nl"), -1, ["C2"]),  # as a wish
        (("language", "nl"), 0, []),  # B2 helps nobody without Dutch
        (("rate", ""), 0, ["C3"]),  # 775: 800 lies within its tenth
        (("place", ""), 0, []),  # hybrid is not remote
        (("place", ""), 1, ["C5"]),
    ],
)
def test_a_relaxation_adds_whom_it_lets_pass(costs, condition, place, added):
    eased = costs[condition].eased[place]

    assert [gain.candidate_id for gain in eased.gains] == added
    assert eased.eligible == len(added)
    assert all(gain.before is None and 1 <= gain.rank <= 3 for gain in eased.gains)


def test_the_best_relaxation_adds_somebody(found):
    assert len(found.rigidity.best.gains) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_check_reads_in_every_language(found, language):
    page, text = check_page(found, language), check_text(found, language)

    assert f'lang="{language}"' in page
    assert "default-src 'none'" in page
    assert SCRIPT not in page
    assert not re.search(r"<script|src=|https?://", page)
    assert not re.search(r"\{[a-z_]+\}", text)


@pytest.fixture(scope="module")
def compared(world):
    made = Decision(brief_id="B1", candidate_id="C1", decision="chosen", on=TODAY)
    append(world / "runs", [made])
    files = (str(world / "v1.json"), str(world / "v2.json"))
    return compare_versions(
        "B1", files, world / "inbox", world / "runs", Settings(), TODAY, open_journal()
    )


def test_what_changed_and_who_moves(compared):
    assert [change.field for change in compared.fields] == ["day_rate_max_eur"]
    kinds = [(change.kind, change.text) for change in compared.requirements]
    assert kinds == [("added", "Audit interne"), ("dropped", "Trésorerie de groupe")]
    moved = {move.candidate_id: (move.after, move.failing) for move in compared.moves}
    assert moved == {"C1": (None, ("day_rate",)), "C6": (None, ("day_rate",))}


def test_the_chosen_candidate_is_no_longer_within_the_budget(compared):
    (chosen,) = compared.chosen

    assert (chosen.verdict, chosen.move.failing) == ("stopped", ("day_rate",))
    assert chosen.failed == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_comparison_reads_in_every_language(compared, language):
    page, text = compare_page(compared, language), compare_text(compared, language)

    assert f'lang="{language}"' in page
    assert SCRIPT not in page
    assert not re.search(r"<script|src=|https?://", page)
    assert not re.search(r"\{[a-z_]+\}", text)
