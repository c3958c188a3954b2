"""The tables of the inbox: what an agency exports and what each of its columns means."""

from typing import Final

import dataframely as dy
import polars as pl

from data.schema.columns import (
    DAY_RATES,
    country_code,
    day,
    free_text,
    free_texts,
    identifier,
    language_list,
    not_before,
    number,
    one_of,
    whole,
)
from data.schema.words import (
    ASPECTS,
    CAUSES,
    DECISIONS,
    OUTCOMES,
    REASONS,
    WORK_MODES,
)

LEAVES_THE_FOLDER: Final = r"^[/\\~]|^[A-Za-z]:|(^|[/\\])\.\.([/\\]|$)"
"""An absolute path, a drive, a home, or a step upwards."""


class Candidates(dy.Schema):
    """The interim managers; everything but the id and a CV may be unknown."""

    candidate_id = identifier("the agency's own number of the candidate", primary_key=True)
    cv_file = dy.String(
        nullable=True,
        check={
            "inside": lambda column: ~column.str.contains(LEAVES_THE_FOLDER),
            "printable": lambda column: ~column.str.contains(r"\p{Cc}"),
        },
        description="path of the CV inside the inbox (PDF, DOCX, TXT, JSON Resume)",
    )
    cv_text = free_text("text of the CV, where there is no file")
    headline = free_text("one line on who the candidate is")
    languages = language_list(
        "ISO 639-1 code and CEFR level of each language; level unknown = null", required=False
    )
    country = country_code("ISO 3166 code of the home")
    place = free_text("town or province of the home")
    max_distance_km = number("farthest place of work, km from the home", least=0.0, most=25_000.0)
    work_modes = dy.List(
        dy.String(nullable=False, regex=f"^({'|'.join(WORK_MODES)})$"),
        nullable=True,
        description="accepted ways of working: " + ", ".join(WORK_MODES),
        metadata={"vocabulary": "work_mode", "else_unknown": True},
    )
    available_from = day("first day on which a mission can start")
    day_rate_eur = number("day rate asked, EUR without VAT", least=DAY_RATES[0], most=DAY_RATES[1])
    sectors = free_texts("sectors worked in, free text")
    licences = free_texts("licences and protected titles held, free text")
    last_contact = day("last time the agency spoke to the candidate")
    updated_at = day("last change of this row or of the CV")

    @dy.rule()
    def has_a_cv(cls) -> pl.Expr:  # noqa: D102, N805
        return cls.cv_file.col.is_not_null() | cls.cv_text.col.is_not_null()


class Contacts(dy.Schema):
    """How to reach a candidate; read by the export alone, never by a feature, a vector or a log."""

    candidate_id = identifier("candidate", primary_key=True)
    name = free_text("full name")
    email = free_text("e-mail address")
    phone = free_text("telephone number")


class InboxExperiences(dy.Schema):
    """Missions and jobs as the agency recorded them (optional; else they are read from the CV)."""

    candidate_id = identifier("candidate")
    title = free_text("job title")
    organisation = free_text("client or employer")
    sector = free_text("sector of the organisation, free text")
    country = country_code("ISO 3166 code")
    start = day("first day")
    end = day("last day; null with a known start = still running")
    engagement = free_text("interim, permanent, …, free text")
    description = free_text("what was done and achieved")

    @dy.rule()
    def end_after_start(cls) -> pl.Expr:  # noqa: D102, N805
        return not_before("start", "end")


class Briefs(dy.Schema):
    """Clients' requests; a title and a description are enough."""

    brief_id = identifier("the agency's own number of the request", primary_key=True)
    version = dy.Int64(primary_key=True, min=1, description="1, 2, … as the request was changed")
    client_id = identifier("client", nullable=True)
    language = dy.String(
        nullable=True,
        regex="^[a-z]{2,3}$",
        description="language of the text",
        metadata={"vocabulary": "language", "else_unknown": True},
    )
    title = free_text("name of the assignment", nullable=False)
    function = free_text("function sought, free text")
    sector = free_text("sector of the client, free text")
    reason = one_of(
        REASONS, "why an interim manager is sought", vocabulary="reason", else_unknown=True
    )
    objectives = free_texts("what must have been reached at the end")
    must_have = free_texts("requirements without which nobody fits")
    should_have = free_texts("requirements that weigh")
    nice_to_have = free_texts("requirements that tip the balance")
    languages = language_list(
        "ISO 639-1 code, least CEFR level (null = any), and whether it is required", required=True
    )
    country = country_code("ISO 3166 code")
    place = free_text("town or province of the work, or national, international, remote")
    work_mode = one_of(
        WORK_MODES, "where the work is done", vocabulary="work_mode", else_unknown=True
    )
    start_date = day("first day of the mission")
    duration_months = number("length of the mission, months", above=0.0, most=120.0)
    days_per_week = number("days of work a week", above=0.0, most=7.0)
    day_rate_max_eur = number(
        "highest day rate, EUR without VAT", least=DAY_RATES[0], most=DAY_RATES[1]
    )
    description = free_text("the request in the client's words")
    received_at = day("day on which this version came in")
    weights = dy.String(
        nullable=True,
        check={"an_object": lambda column: column.str.contains(r"^\s*\{(?s:.*)\}\s*$")},
        description="weights of this brief, a JSON object of component name and number",
    )


class Presentations(dy.Schema):
    """Who was put to which client, at which rank, under which weights, and what came of it."""

    brief_id = identifier("brief", primary_key=True)
    candidate_id = identifier("candidate", primary_key=True)
    presented_at = day("day of the presentation", nullable=False)
    rank = whole("place on the shortlist, from 1", least=1, nullable=True)
    score = number("score at that time")
    weights_id = free_text("weights in use at that time")
    propensity = number("probability with which it was shown", above=0.0, most=1.0)
    decision = one_of(DECISIONS, "what the client decided; null = not yet", vocabulary="decision")
    decided_at = day("day of that decision")
    reason = free_text("why, in the client's words")


class Placements(dy.Schema):
    """Missions that started, and how they went."""

    placement_id = identifier("the agency's own number of the mission", primary_key=True)
    brief_id = identifier("brief")
    candidate_id = identifier("candidate")
    start_date = day("first day", nullable=False)
    planned_end = day("last day as agreed")
    actual_end = day("last day as it came; null = still running")
    outcome = one_of(
        OUTCOMES, "how it went; selected = running or ended early", vocabulary="outcome"
    )
    cause = one_of(CAUSES, "who or what caused an early end or a failure", vocabulary="cause")
    client_rating = number("the client's rating, 1 to 5", least=1.0, most=5.0)
    days_to_productive = number("days until the manager was productive", least=0.0, most=3_650.0)

    @dy.rule()
    def planned_end_after_start(cls) -> pl.Expr:  # noqa: D102, N805
        return not_before("start_date", "planned_end")

    @dy.rule()
    def actual_end_after_start(cls) -> pl.Expr:  # noqa: D102, N805
        return not_before("start_date", "actual_end")


class Feedback(dy.Schema):
    """What the client said during a mission."""

    placement_id = identifier("placement")
    date = day("day of the feedback", nullable=False)
    aspect = one_of(ASPECTS, "what it is about", nullable=False, vocabulary="aspect")
    rating = number("rating, 1 to 5", least=1.0, most=5.0)
    comment = free_text("in the client's words")


class Judgements(dy.Schema):
    """A person's relevance labels, as in information retrieval (qrels)."""

    brief_id = identifier("brief", primary_key=True)
    candidate_id = identifier("candidate", primary_key=True)
    grade = dy.Int32(nullable=False, min=0, max=3, description="0 unfit, 1 weak, 2 good, 3 ideal")
