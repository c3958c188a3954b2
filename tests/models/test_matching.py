from dataclasses import replace
from datetime import date

import numpy as np
import polars as pl
import pytest

from models.blend import blend, gate_answers, ineligible
from models.components import COMPONENTS
from models.matching import Asked, Matches, match
from models.pool import Pool, lay
from models.profiles import title_of
from models.quotes import evidence
from models.requirements import read_requirements
from models.weights.champion import brief_weights, read_weights

CVS = {
    "controller": "Controller of a chemicals plant. Month-end close in SAP. Cut the close by 40 %.",
    "nurse": "Head nurse of a hospital ward. Planned the rosters of thirty nurses.",
    "contrôleur": "Contrôleur de gestion. Clôture mensuelle dans SAP pour une usine chimique.",
    "cook": "Chef of a restaurant kitchen. Menus and food cost.",
}
BRIEFS = [
    {
        "brief_id": "close",
        "language": "en",
        "title": "Financial controller",
        "must_have": ["month-end close", "SAP"],
        "languages": [{"code": "fr", "level": "B2", "required": True}],
        "start_date": date(2026, 3, 1),
        "day_rate_max_eur": 800.0,
    },
    {"brief_id": "ward", "language": "en", "title": "Head nurse", "must_have": ["rosters"]},
]


def pool(encoder, cvs: dict[str, str] = CVS) -> Pool:
    sentences = [
        {"candidate_id": name, "passage": number, "section": "experience", "text": part + "."}
        for name, text in cvs.items()
        for number, part in enumerate(text.rstrip(".").split(". "))
    ]
    passages = pl.DataFrame(sentences, schema_overrides={"passage": pl.Int32}).with_columns(
        start=pl.lit(None, pl.Date), end=pl.lit(None, pl.Date)
    )
    starts = [cvs[row["candidate_id"]].index(row["text"]) for row in sentences]
    passages = passages.with_columns(
        start_char=pl.Series(starts, dtype=pl.Int64),
        end_char=pl.Series(starts, dtype=pl.Int64) + pl.col("text").str.len_chars(),
    )
    facts = {
        "candidate_id": list(cvs),
        "headline": [text.split(".")[0] for text in cvs.values()],
        "day_rate_eur": [900.0 if name == "cook" else None for name in cvs],
    }
    documents = {
        "candidate_id": list(cvs),
        "language": ["fr" if "ô" in name else "en" for name in cvs],
        "text": list(cvs.values()),
    }
    return Pool(
        as_of=date(2026, 1, 1),
        candidates=pl.DataFrame(facts),
        documents=pl.DataFrame(documents),
        passages=passages,
        vectors=encoder.encode(passages["text"].to_list(), kind="passage"),
    )


def asked(encoder) -> Asked:
    briefs = pl.DataFrame(BRIEFS)
    requirements = read_requirements(briefs)

    def link(queries, corpus):
        return encoder.encode(queries, kind="query") @ encoder.encode(corpus, kind="query").T

    return Asked(
        briefs=briefs,
        requirements=requirements,
        vectors=encoder.encode(requirements["text"].to_list(), kind="query"),
        title_vectors=encoder.encode([title_of(brief) for brief in BRIEFS], kind="query"),
        demand=pl.DataFrame(
            schema={"brief_id": pl.String, "dimension": pl.String, "demand": pl.Float64}
        ),
        link=link,
    )


@pytest.fixture(scope="module")
def matches(tiny_encoder) -> Matches:
    return match(pool(tiny_encoder), asked(tiny_encoder))


def longlist(matches: Matches) -> pl.DataFrame:
    return blend(matches, brief_weights(pl.DataFrame(BRIEFS), {}, read_weights()))


def test_every_component_lies_between_0_and_1(matches) -> None:
    for one in matches.by_brief.values():
        assert set(one.components) == set(COMPONENTS)
        for values in one.components.values():
            assert values.shape == (len(CVS),)
            assert (values >= 0).all()
            assert (values <= 1).all()


def test_each_brief_finds_its_candidate(matches) -> None:
    technical = {name: one.components["technical"] for name, one in matches.by_brief.items()}
    ids = matches.ground.ids
    assert ids[technical["close"].argmax()] in ("controller", "contrôleur")
    assert ids[technical["ward"].argmax()] == "nurse"


def test_a_cv_in_another_language_is_found_by_its_translation(matches) -> None:
    place = matches.ground.places
    profile = matches.by_brief["close"].context.profile
    assert profile[place["contrôleur"]] > profile[place["cook"]]


def test_scores_are_the_weighted_sum_of_the_components(matches) -> None:
    row = longlist(matches).row(0, named=True)
    total = sum(row[f"x_{name}"] * row[f"w_{name}"] for name in COMPONENTS)
    assert row["score"] == pytest.approx(total, abs=1e-4)


def test_the_coverage_follows_the_requirements(matches) -> None:
    coverage = longlist(matches).filter(pl.col("brief_id") == "close")["requirement_coverage"]
    assert set(coverage.list.len()) == {2}


def test_a_gate_that_fails_keeps_off_the_longlist(matches) -> None:
    stopped = ineligible(matches)
    assert ("close", "cook", "day_rate") in set(
        stopped.select("brief_id", "candidate_id", "gate").iter_rows()
    )
    listed = longlist(matches).filter(pl.col("brief_id") == "close")["candidate_id"]
    assert "cook" not in listed.to_list()


def test_what_is_not_stated_is_a_question(matches) -> None:
    pairs = pl.DataFrame({"brief_id": ["close"], "candidate_id": ["controller"]})
    answers = dict(gate_answers(matches, pairs).select("gate", "answer").iter_rows())
    assert answers["language"] == "unknown"
    assert answers["place"] == "pass"


def test_quotes_are_exact_substrings(matches) -> None:
    found = evidence(matches, "close", "controller")
    assert set(found["requirement"]) == {0, 1}
    for row in found.iter_rows(named=True):
        assert CVS["controller"][row["start_char"] : row["end_char"]] == row["quote"]


def test_a_told_result_is_worth_more_than_a_duty(matches) -> None:
    found = evidence(matches, "close", "controller")
    levels = dict(found.select("quote", "evidence_level").iter_rows())
    assert levels["Cut the close by 40 %."] == 3
    assert levels["Month-end close in SAP."] == 2


def test_an_outcome_counts_for_more_than_a_duty_of_the_same_likeness(
    matches,
) -> None:
    ground = matches.ground
    every = np.arange(len(ground.passages))
    duties = replace(ground, evidence=np.full_like(ground.evidence, 2))

    told = ground.fetch(every) / duties.fetch(every).clip(1e-9)

    results = ground.evidence == 3
    assert results.any()
    assert told[results].max() == pytest.approx(1.35, rel=1e-3)
    assert told[~results].max() == pytest.approx(1.0)


def test_the_order_of_the_sections_of_a_cv_does_not_matter(tiny_encoder) -> None:
    one = pool(tiny_encoder)
    first = pl.col("passage") == 0
    section = pl.when(first).then(pl.lit("summary")).otherwise(pl.lit("experience"))
    told = one.passages.with_columns(section=section)
    last = told.with_columns(passage=pl.when(first).then(9).otherwise("passage").cast(pl.Int32))

    usual, turned = (lay(replace(one, passages=table)).profiles for table in (told, last))

    assert np.abs(usual @ usual.T - turned @ turned.T).max() < 1e-4


def test_the_order_of_the_rows_does_not_matter(matches, tiny_encoder) -> None:
    back = pool(tiny_encoder, dict(reversed(CVS.items())))
    again = match(back, asked(tiny_encoder))
    columns = ["brief_id", "candidate_id", "rank", "score"]
    assert longlist(again).select(columns).equals(longlist(matches).select(columns))


def test_what_is_not_held_is_made_again_alike(matches, tiny_encoder, monkeypatch) -> None:
    monkeypatch.setattr("models.matching._BLOCK", 2)  # candidates scored at a time

    again = match(pool(tiny_encoder), asked(tiny_encoder), pairs=1)

    assert longlist(again).equals(longlist(matches))
    assert again.by_brief["close"] is again.by_brief["close"]
    assert again.by_brief["ward"] is not again.by_brief["ward"]


def test_briefs_can_be_looked_at_one_by_one(matches) -> None:
    alone = pl.concat(longlist(one) for _, one in matches.each())
    assert alone.equals(longlist(matches))
    assert [name for name, _ in matches.each()] == ["close", "ward"]


def test_a_pasted_brief_shows_as_copied(tiny_encoder) -> None:
    text = "We need a financial controller who can run the month-end close of the plant alone."
    wanted = asked(tiny_encoder)
    briefs = wanted.briefs.with_columns(description=pl.lit(text))
    cvs = {**CVS, "cook": f"Chef of a restaurant. {text}"}
    copied = match(pool(tiny_encoder, cvs), replace(wanted, briefs=briefs)).by_brief["close"].copied
    order = sorted(cvs)
    assert copied[order.index("cook")] == pytest.approx(1.0)
    assert copied[order.index("nurse")] == 0


def test_an_unknown_placement_history_is_the_mean_of_everybody(matches) -> None:
    values = matches.by_brief["close"].components["track_record"]
    np.testing.assert_allclose(values, 0.5)
