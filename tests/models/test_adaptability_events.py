import datetime as dt
import json

import numpy as np
import polars as pl
import pytest

from data.schema.stages import Adaptability
from models.adaptability.career import career_events
from models.adaptability.events import cut_sentences, read_events
from models.adaptability.reader import Reader
from models.adaptability.saved import FOLDER, ReaderFiles, load_reader

TEXT = (
    "Fast learner, stress-resistant and flexible.\n"
    "Interim plant manager, Acme\n"
    "Took over a failing plant and turned a loss of 3M into profit within two years.\n"
    "Responsible for planning and maintenance of the machines.\n"
    "Interim site manager, Brico\n"
    "Took over a failing plant and turned a loss of 3M into profit within two years.\n"
)


@pytest.fixture(scope="module")
def reader() -> Reader:
    facts = json.loads((FOLDER / ReaderFiles().facts).read_text(encoding="utf-8"))
    return load_reader(facts["encoder_id"])


@pytest.fixture
def documents() -> pl.DataFrame:
    return pl.DataFrame({"candidate_id": ["c"], "text": [TEXT]})


@pytest.fixture
def passages() -> pl.DataFrame:
    start, end = dt.date(2020, 1, 1), dt.date(2021, 6, 30)
    return pl.DataFrame(
        {
            "candidate_id": ["c", "c"],
            "section": ["summary", "experience"],
            "text": [TEXT.split("\n")[0], TEXT[TEXT.index("Interim plant") :]],
            "start": [None, start],
            "end": [None, end],
        }
    )


def embed(texts):
    """The mean training sentence for all: the wording alone decides."""
    return np.ones((len(texts), 384), dtype=np.float32) / np.sqrt(384)


def test_quotes_are_exact_and_the_table_keeps_its_schema(reader, documents, passages) -> None:
    events = read_events(documents, passages, reader, embed)

    Adaptability.validate(events, cast=False)
    assert all(quote in TEXT for quote in events["quote"])


def test_a_repeated_sentence_counts_once_and_carries_its_date(documents, passages) -> None:
    sentences = cut_sentences(documents, passages)
    told = sentences.filter(pl.col("quote").str.starts_with("Took over"))

    assert told.height == 1
    assert told["end"].to_list() == [dt.date(2021, 6, 30)]


def test_only_sentences_that_could_tell_are_embedded(reader, documents, passages) -> None:
    asked: list[str] = []
    read_events(documents, passages, reader, lambda texts: (asked.extend(texts), embed(texts))[1])

    assert any(text.startswith("Took over") for text in asked)
    assert not any(text.startswith("Responsible for planning") for text in asked)


def test_no_telling_passage_gives_an_empty_table(reader, documents, passages) -> None:
    skills = passages.with_columns(section=pl.lit("skills"))

    assert read_events(documents, skills, reader, embed).is_empty()


def history(**columns: list[object]) -> pl.DataFrame:
    count = 3
    known = {
        "candidate_id": ["c"] * count,
        "experience": list(range(count)),
        "title": ["Controller", "Interim plant manager", "Interim site manager"],
        "organisation": [None] * count,
        "sector": [None] * count,
        "country": [None] * count,
        "engagement": [None] * count,
        "start": [dt.date(2010 + 5 * row, 1, 1) for row in range(count)],
        "end": [dt.date(2014 + 5 * row, 1, 1) for row in range(count)],
        "start_char": [None] * count,
    }
    types = dict.fromkeys(["organisation", "sector", "country", "engagement"], pl.String)
    return pl.DataFrame({**known, **columns}, schema_overrides={**types, "start_char": pl.Int64})


def test_a_first_time_in_a_sector_or_country_is_quoted_from_its_heading(documents) -> None:
    events = career_events(
        documents,
        history(sector=["retail", "steel", "retail"], country=["BE", "BE", "FR"]),
    )

    assert events.select("dimension", "quote").rows() == [
        ("learning", "Interim plant manager, Acme"),
        ("cultural", "Interim site manager, Brico"),
    ]


def test_many_jobs_in_the_same_trade_are_no_event(documents) -> None:
    assert career_events(documents, history(sector=["steel"] * 3, country=["BE"] * 3)).is_empty()


def test_a_second_interim_mission_is_an_event_the_first_is_not(documents) -> None:
    events = career_events(documents, history(engagement=["permanent", "interim", "interim"]))

    assert events["quote"].to_list() == ["Interim site manager, Brico"]


def test_more_responsibility_than_in_any_role_before_is_an_event(documents) -> None:
    titles = ["Clerk", "Interim plant manager", "Interim site manager"]

    events = career_events(documents, history(title=titles))

    quote = "Interim plant manager, Acme"
    assert events.select("dimension", "quote", "level").rows() == [
        ("interpersonal", quote, 0.4),  # from staff over senior to manager: two levels of 0.2
        ("learning", quote, 0.2),
    ]


def test_a_first_role_that_leads_is_no_new_ground(documents) -> None:
    titles = ["Interim plant manager", "Interim site manager", "Clerk"]

    events = career_events(documents, history(title=titles))

    assert events["dimension"].to_list() == ["interpersonal"]
