import random
from pathlib import Path

import pytest

from data.cv.read import read_cv
from pipeline.audit.attacks import ATTACKS, COPYING, Wording

CV = (Path(__file__).parent / "cv.txt").read_text(encoding="utf-8")
BRIEF = Wording(
    title="Contrôleur de gestion - scission",
    requirements=["Clôture mensuelle dans SAP", "Prévision de trésorerie"],
    description="Une usine est vendue. Le bilan d'ouverture est à établir.",
    language="fr",
)


def attacked(name):
    return ATTACKS[name](CV, BRIEF, random.Random(1))  # noqa: S311 - no secret


@pytest.mark.parametrize("name", list(ATTACKS))
def test_an_attack_changes_the_cv_and_keeps_its_roles(name):
    before, after = read_cv(CV), read_cv(attacked(name))
    assert after.text != before.text
    assert after.experiences["start"].to_list() == before.experiences["start"].to_list()


@pytest.mark.parametrize("name", COPYING)
def test_who_copies_adds_the_words_of_the_brief(name):
    words = {word.lower() for word in BRIEF.keywords} | {"cash", "forecast"}
    assert sum(word in attacked(name).lower() for word in words) > sum(
        word in CV.lower() for word in words
    )


def test_achievements_stand_in_the_newest_role_and_the_spread_brief_in_all():
    done, spread = (
        read_cv(attacked(name)).experiences["description"].to_list()
        for name in ("requirements as done in a role", "brief spread over all roles")
    )
    assert "Prévision de trésorerie" in done[0]
    assert "Prévision de trésorerie" not in done[1]
    assert all(any(line in told for line in BRIEF.lines) for told in spread)


def test_the_title_is_claimed_for_the_newest_role_alone():
    titles = read_cv(attacked("title of the brief claimed")).experiences["title"].to_list()
    assert titles == ["Contrôleur de gestion", "Contrôleur de gestion"]  # of the brief, and own
