"""The tables between the stages of a night and those that a night publishes."""

import dataframely as dy
import polars as pl

from data.schema.columns import (
    country_code,
    day,
    free_text,
    identifier,
    not_before,
    number,
    one_of,
    whole,
)
from data.schema.words import ANSWERS, DIMENSIONS, SECTIONS, SOURCES, TIERS


class Documents(dy.Schema):
    """The visible text of each CV, personal data taken out; every span indexes into it."""

    candidate_id = identifier("candidate", primary_key=True)
    language = dy.String(nullable=False, description="language of the CV, ISO 639-1")
    text = dy.String(nullable=False, description="visible text without personal data")
    hidden = dy.Bool(nullable=False, description="whether the file held text that no reader sees")
    note = free_text("what was odd about the file")


class Passages(dy.Schema):
    """A few sentences of one section of a CV; text == document.text[start_char:end_char]."""

    candidate_id = identifier("candidate", primary_key=True)
    passage = dy.Int32(primary_key=True, min=0, description="0, 1, … within the CV")
    section = one_of(SECTIONS, "section of the CV", nullable=False)
    text = dy.String(nullable=False, description="exact substring of the document")
    start_char = dy.Int64(nullable=False, min=0, description="first character in the document")
    end_char = dy.Int64(nullable=False, min=0, description="one past the last character")
    experience = whole("experience that it tells of", nullable=True)
    start = day("first day of that experience")
    end = day("last day of that experience; null with a known start = still running")

    @dy.rule()
    def span_ends_after_it_starts(cls) -> pl.Expr:  # noqa: D102, N805
        return cls.end_char.col > cls.start_char.col


class Experiences(dy.Schema):
    """Missions and jobs of a candidate, read from the CV or given by the inbox."""

    candidate_id = identifier("candidate", primary_key=True)
    experience = dy.Int32(primary_key=True, min=0, description="0, 1, … within the CV")
    title = free_text("job title")
    organisation = free_text("client or employer")
    sector = free_text("sector of the organisation, free text")
    country = country_code("ISO 3166 code")
    start = day("first day")
    end = day("last day; null with a known start = still running")
    engagement = free_text("interim, permanent, …, free text")
    description = dy.String(nullable=True, description="what was done and achieved")
    start_char = dy.Int64(nullable=True, min=0, description="first character in the document")
    end_char = dy.Int64(nullable=True, min=0, description="one past the last character")

    @dy.rule()
    def end_after_start(cls) -> pl.Expr:  # noqa: D102, N805
        return not_before("start", "end")


class Quarantine(dy.Schema):
    """Rows that were turned away, each with its reason."""

    table = dy.String(nullable=False, description="table of the inbox")
    row = dy.Int64(nullable=True, min=1, description="record of the file, from 1")
    id = dy.String(nullable=True, description="key of the row, where it has one")
    column = dy.String(nullable=True, description="first column that is at fault")
    reason = dy.String(nullable=False, description="a sentence: what must hold, what to do")
    value = dy.String(nullable=True, description="what came, cut short; never a contact or a CV")


class Requirements(dy.Schema):
    """What a brief asks for, one row a requirement."""

    brief_id = identifier("brief", primary_key=True)
    requirement = dy.Int32(primary_key=True, min=0, description="0, 1, … within the brief")
    tier = one_of(TIERS, "how much it matters", nullable=False)
    text = dy.String(nullable=False, min_length=1, description="the requirement")
    source = one_of(SOURCES, "column of the brief that states it", nullable=False)
    language = dy.String(nullable=False, description="language of the text, ISO 639-1")


class Adaptability(dy.Schema):
    """Dated, quoted events of a CV that show a dimension of adaptability at work."""

    candidate_id = identifier("candidate")
    dimension = one_of(DIMENSIONS, "dimension shown", nullable=False)
    level = number("strength of the event", least=0.0, most=1.0, nullable=False)
    evidence_level = dy.Int8(
        nullable=False, min=1, max=3, description="1 claimed, 2 described, 3 with a result"
    )
    quote = dy.String(nullable=False, min_length=1, description="exact substring of the document")
    start = day("first day of the experience that tells it")
    end = day("last day of that experience")
    date = day("day at which it can be placed")


class Longlist(dy.Schema):
    """The whole ranking of each brief.

    Beside these columns stand `x_<name>` and `w_<name>` (both in [0, 1]) of every component.
    """

    brief_id = identifier("brief", primary_key=True)
    candidate_id = identifier("candidate", primary_key=True)
    rank = whole("place in the ranking, from 1", least=1)
    score = number("Σ w·x", least=0.0, most=1.0, nullable=False)
    band = whole("candidates of one band cannot be told apart")
    requirement_coverage = dy.List(
        dy.Float32(nullable=True),
        nullable=True,
        description="how well each requirement is met, in their order, in [0, 1]",
    )


class Gates(dy.Schema):
    """The answer of every gate for a pair."""

    brief_id = identifier("brief", primary_key=True)
    candidate_id = identifier("candidate", primary_key=True)
    gate = dy.String(primary_key=True, description="name of the gate")
    answer = one_of(ANSWERS, "unknown becomes a question to ask", nullable=False)
    reason = dy.String(nullable=False, description="what was compared with what")
