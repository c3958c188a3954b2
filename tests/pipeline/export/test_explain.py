"""What a reader is told of the made-up agency, against what is known of it."""

from dataclasses import replace
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.errors import InputError
from pipeline.export.catalogue import load_messages
from pipeline.export.rules import apportion, tenths
from pipeline.export.text import render_text
from pipeline.stages.explain import (
    ExplainSettings,
    build_shortlists,
    explain_one,
    load_inputs,
    save_inputs,
)


@given(st.lists(st.floats(0, 1000), min_size=1, max_size=12))
def test_apportioned_parts_add_up_and_stay_within_one(values):
    total = round(sum(values))

    parts = apportion(values, total)

    assert sum(parts) == total
    assert all(abs(part - value) <= 1 for part, value in zip(parts, values, strict=True))


def test_largest_remainder_gets_the_missing_unit():
    assert apportion([1.4, 1.4, 1.2], 4) == [2, 1, 1]


def test_parts_of_another_total_are_refused():
    with pytest.raises(ValueError, match="must add up to 9"):
        apportion([1.0, 2.0], 9)


def test_contributions_add_up_to_the_score_exactly(shortlists):
    for shortlist in shortlists:
        for explanation in shortlist.explanations:
            assert sum(part.points for part in explanation.contributions) == explanation.score
    first = shortlists[0].explanations[0]
    assert first.score == Decimal("74.0")  # 100 · (0.7 · 0.8 + 0.3 · 0.6)
    assert [part.points for part in first.contributions] == [Decimal("56.0"), Decimal("18.0")]


def test_tenths_are_points():
    assert tenths(723) == Decimal("72.3")


def test_requirements_stand_by_tier_with_their_best_quote(shortlists):
    fits = shortlists[0].explanations[0].requirements

    assert [(fit.tier, fit.state) for fit in fits] == [
        ("must", "covered"),
        ("must", "covered"),
        ("should", "partly"),
        ("nice", "not_found"),
    ]
    assert fits[0].quote.text == "Consolidated 14 entities under IFRS in ten weeks"
    assert fits[3].quote is None


def test_labels_follow_must_haves_and_quoted_facts(shortlists):
    assert [e.label for e in shortlists[0].explanations] == ["solid", "partial", "partial"]
    assert shortlists[2].explanations[1].label == "partial"  # far above the brief, and far from it


def test_who_fits_and_carried_more_goes_beyond_the_brief(inputs, as_of):
    above = inputs.flags.with_columns(brief_id=pl.lit("B1"))

    first = build_shortlists(replace(inputs, flags=above), as_of, ExplainSettings())[0]

    assert first.explanations[0].label == "over_qualified"


def test_a_stretch_has_a_third_of_the_must_haves_and_tells_events(inputs, as_of):
    half = pl.Series([[0.0, 0.65, 0.1, 0.0]], dtype=inputs.longlist["requirement_coverage"].dtype)
    third = (pl.col("brief_id") == "B1") & (pl.col("candidate_id") == "C3")
    nearer = inputs.longlist.with_columns(
        requirement_coverage=pl.when(third)
        .then(pl.lit(half.implode()).list.first())
        .otherwise("requirement_coverage")
    )

    labels = build_shortlists(replace(inputs, longlist=nearer), as_of, ExplainSettings())

    assert labels[0].explanations[2].label == "stretch"


def test_without_quoted_facts_a_solid_match_is_a_specialist(inputs, as_of):
    bare = replace(inputs, adaptability=inputs.adaptability.clear())

    first = build_shortlists(bare, as_of, ExplainSettings())[0].explanations[0]

    assert first.label == "specialist"


def test_only_dimensions_that_the_brief_asks_for_are_shown(shortlists):
    facts = shortlists[0].explanations[0].adaptability

    assert [fact.dimension for fact in facts] == ["emergency"]  # cultural: demand 0.1


def test_best_quotes_come_from_tier_coverage_demand_and_level(shortlists):
    best = [quote.text for quote in shortlists[0].explanations[0].best]

    assert best == [
        "Consolidated 14 entities under IFRS in ten weeks",  # 3/3 · 0.9 · 3 = 2.7
        "took over within two days and stopped the loss of cash",  # 0.9 · 0.8 · 3 = 2.16
        "ran the treasury of the group",  # 3/3 · 0.7 · 2 = 1.4
    ]


def test_questions_cover_unknown_gates_open_musts_and_undocumented_dimensions(shortlists):
    asked = shortlists[0].explanations[1].questions

    assert [(q.kind, q.subject) for q in asked] == [
        ("gate", "language"),
        ("requirement", "Treasury of a group."),
        ("dimension", "emergency"),  # only claimed
    ]


def test_claims_without_a_dated_role_are_to_be_verified(shortlists):
    second = shortlists[0].explanations[1]

    assert [(c.kind, c.subject) for c in second.verify] == [
        ("requirement", "Consolidation under IFRS"),
        ("dimension", "emergency"),
    ]
    assert second.gaps == ("Treasury of a group.",)


def test_confidence_is_apart_from_the_score(shortlists):
    first, second, _ = shortlists[0].explanations

    # two gates and two described requirements are firm, the ERP claim is not
    assert (first.confidence, first.firm, first.claimed, first.unknown) == ("high", 4, 1, 0)
    # one known gate; one claim; one unknown gate and one must-have not found: 1.5 of 4
    assert (second.confidence, second.firm, second.claimed, second.unknown) == ("low", 1, 1, 2)


def test_tie_bands_and_other_shortlists_are_told(shortlists):
    assert [e.tied for e in shortlists[0].explanations] == [(1, 1), (2, 3), (2, 3)]
    assert [e.other_shortlists for e in shortlists[0].explanations] == [1, 0, 1]


def test_counts_come_from_the_gates(shortlists):
    first = shortlists[0]

    assert (first.pool, first.eligible) == (5, 3)  # C4 and C5 fail
    assert first.stopped_by == (("language", 2), ("day_rate", 1))


def test_flags_of_every_brief_and_of_one(shortlists):
    assert [f.name for f in shortlists[0].explanations[1].flags] == ["hidden_text"]
    assert shortlists[0].explanations[0].flags == ()


def test_the_last_version_of_a_brief_counts(shortlists):
    brief = shortlists[0].brief

    assert (brief.version, brief.title[:7]) == (2, "Interim")
    assert brief.age_hours == 18  # 1 March 06:00 to 2 March 00:00


def test_nobody_eligible_names_who_fails_the_fewest_gates(shortlists):
    second = shortlists[1]

    assert second.nobody_fits == "nobody_eligible"
    assert second.eligible == 0
    assert [miss.person.candidate_id for miss in second.near_misses] == ["C2", "C3", "C4"]
    assert [g.reason for g in second.near_misses[0].gates] == ["no notarial licence"]


def test_a_low_best_score_says_that_nobody_fits(shortlists):
    assert [s.nobody_fits for s in shortlists] == [None, "nobody_eligible", "below_threshold"]


def test_no_must_have_found_says_that_nobody_fits(inputs, as_of):
    third = build_shortlists(inputs, as_of, ExplainSettings(fits_from=0.05))[2]

    assert third.nobody_fits == "no_must_have"


def test_one_pair_is_explained_wherever_it_ranks(inputs, shortlists):
    alone = explain_one(inputs, "B1", "C3", ExplainSettings(top=3))

    assert alone == shortlists[0].explanations[2]


def test_a_pair_outside_the_longlist_is_an_input_error(inputs):
    with pytest.raises(InputError, match="'C5' is not"):
        explain_one(inputs, "B1", "C5", ExplainSettings())


def test_coverage_of_another_length_is_refused(inputs, as_of):
    wrong = inputs.longlist.with_columns(
        requirement_coverage=pl.lit([0.5]).cast(pl.List(pl.Float32))
    )

    with pytest.raises(ValueError, match="brief 'B1' has 4, got 1"):
        build_shortlists(replace(inputs, longlist=wrong), as_of, ExplainSettings())


def test_order_of_the_rows_changes_nothing(inputs, shortlists, as_of):
    mixed = replace(inputs, longlist=inputs.longlist.reverse(), gates=inputs.gates.reverse())

    assert build_shortlists(mixed, as_of, ExplainSettings(top=3)) == shortlists


def test_a_condition_that_the_brief_does_not_set_is_not_shown(inputs, as_of):
    unset = pl.DataFrame([("B1", "C1", "place", "pass", "")], inputs.gates.schema, orient="row")

    first = build_shortlists(
        replace(inputs, gates=pl.concat([inputs.gates, unset])), as_of, ExplainSettings()
    )[0].explanations[0]

    assert [gate.gate for gate in first.gates] == ["availability", "language"]


def test_a_saved_night_explains_a_pair_without_its_name(inputs, tmp_path):
    save_inputs(inputs, tmp_path)

    kept = explain_one(load_inputs(tmp_path), "B1", "C1", ExplainSettings())
    text = render_text(kept, load_messages("en"))

    assert text.startswith("C1 (C1) · Brief B1\nRank 1 · 74.0 of 100, very strong · solid match")
    assert "Ann Peeters" not in b"".join(
        f.read_bytes() for f in tmp_path.rglob("*.parquet")
    ).decode("latin-1")


def test_a_described_passage_beats_a_slightly_nearer_claim(inputs, as_of):
    told = inputs.evidence.with_columns(
        similarity=pl.Series([0.5, 0.6, 0.7, 0.5, 0.65]),  # the claim "IFRS" 0.6, the result 0.5
    )
    far = inputs.evidence.with_columns(similarity=pl.Series([0.4, 0.6, 0.7, 0.5, 0.65]))

    chosen = [
        build_shortlists(replace(inputs, evidence=table), as_of, ExplainSettings())[0]
        .explanations[0]
        .requirements[0]
        .quote.level
        for table in (told, far)
    ]

    assert chosen == [3, 1]  # 0.5 is within a fifth of 0.6, 0.4 is not


def test_what_is_not_found_has_no_quote(inputs, as_of):
    loose = pl.concat(
        [
            inputs.evidence,
            inputs.evidence[:1].with_columns(
                requirement=pl.lit(0, pl.Int64), quote=pl.lit("cooking"), coverage=0.1
            ),
        ]
    )

    first = build_shortlists(replace(inputs, evidence=loose), as_of, ExplainSettings())[0]

    assert first.explanations[0].requirements[3].quote is None


def test_one_claim_behind_two_requirements_is_verified_once(inputs, as_of):
    claim = inputs.evidence.filter(pl.col("candidate_id") == "C2")
    again = claim.with_columns(requirement=pl.lit(2, pl.Int64))
    covered = inputs.longlist.with_columns(
        requirement_coverage=pl.when(pl.col("candidate_id") == "C2")
        .then([0.0, 0.65, 0.6, 0.0])
        .otherwise("requirement_coverage")
    )

    second = build_shortlists(
        replace(inputs, evidence=pl.concat([inputs.evidence, again]), longlist=covered),
        as_of,
        ExplainSettings(),
    )[0].explanations[1]

    assert [c.subject for c in second.verify] == ["Consolidation under IFRS", "emergency"]
