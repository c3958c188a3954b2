"""A night with the real encoder says which of two briefs nobody fits."""

from datetime import date

import polars as pl
import pytest

from pipeline.export.html import brief_page
from pipeline.journal import open_journal
from pipeline.nightly import run_night
from pipeline.settings import Settings

AS_OF = date(2026, 11, 22)
ROLES = {
    "controller": (
        "Financial controller, chemicals plant",
        "Ran the monthly closing of a plant and its five sister companies in SAP S/4HANA.",
        "Wrote the IFRS packages for the American parent, cut the close from ten days to five.",
    ),
    "accountant": (
        "Chief accountant, retailer",
        "Led a team of eight through the annual audit, VAT returns and consolidation.",
    ),
    "payroll": (
        "Payroll manager, logistics company",
        "Moved the payroll of 1,200 employees to a new provider; social elections.",
    ),
    "hr": (
        "HR director, hospital group",
        "Negotiated a collective agreement with the unions and closed a site.",
    ),
    "buyer": (
        "Procurement manager, car maker",
        "Tendered logistics contracts and saved 12 % on indirect spend.",
    ),
    "plant": (
        "Plant manager, food",
        "Lean programme on four packaging lines, safety and shifts.",
    ),
    "it": (
        "IT operations manager, bank",
        "Moved two data centres to the cloud, built an ITIL service desk.",
    ),
    "lawyer": (
        "In-house lawyer, insurer",
        "Drafted distribution contracts, handled litigation with brokers.",
    ),
}
BRIEFS = {
    "close": (
        "Interim financial controller",
        "Month-end close of several entities;Group reporting under IFRS;SAP",
    ),
    "reef": (
        "Interim marine biologist",
        "Doctorate in marine biology;Scientific diving certificate;Deep-sea invertebrates",
    ),
}


@pytest.fixture(scope="module")
def shortlists(tmp_path_factory):
    folder = tmp_path_factory.mktemp("nobody")
    inbox = folder / "inbox"
    inbox.mkdir()
    texts = ["\n".join(("Experience", "2019 - 2024 " + t[0], *t[1:])) for t in ROLES.values()]
    pl.DataFrame({"candidate_id": list(ROLES), "cv_text": texts}).write_csv(
        inbox / "candidates.csv"
    )
    briefs = [
        {"brief_id": name, "title": title, "must_have": musts, "received_at": AS_OF}
        for name, (title, musts) in BRIEFS.items()
    ]
    pl.DataFrame(briefs).write_csv(inbox / "briefs.csv")
    night = run_night(inbox, folder / "runs", Settings(), AS_OF, open_journal())
    return {shortlist.brief.brief_id: shortlist for shortlist in night.shortlists}


def test_a_brief_that_somebody_fits_is_answered(shortlists):
    assert shortlists["close"].nobody_fits is None
    assert shortlists["close"].explanations[0].person.candidate_id == "controller"


def test_a_brief_that_nobody_fits_says_so_whatever_the_scores(shortlists):
    reef = shortlists["reef"]

    page = brief_page(reef, AS_OF, "en")

    assert reef.nobody_fits in ("below_threshold", "no_must_have")
    assert {e.score_word for e in reef.explanations[:3]} == {"weak"}
    assert "These come nearest, and this is what is missing." in page
