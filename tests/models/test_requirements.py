import polars as pl

from models.requirements import read_requirements


def read(**brief: object) -> list[tuple[str, str]]:
    frame = pl.DataFrame([{"brief_id": "b", "title": "Controller", **brief}])
    return list(read_requirements(frame).select("tier", "text").iter_rows())


def test_lists_keep_their_tier_and_come_must_first() -> None:
    found = read(nice_to_have=["CRM"], must_have=["IFRS"], should_have=["SAP"])
    assert found == [("must", "IFRS"), ("should", "SAP"), ("nice", "CRM")]


def test_a_double_is_merged_into_the_higher_tier() -> None:
    assert read(must_have=["SAP"], nice_to_have=["sap", "CRM"]) == [
        ("must", "SAP"),
        ("nice", "CRM"),
    ]


def test_prose_gives_tiers_by_their_cues() -> None:
    text = "You must know IFRS. Experience in retail. Dutch is a plus. The office is in Ghent."
    assert read(description=text) == [
        ("must", "Controller"),
        ("must", "You must know IFRS."),
        ("should", "Experience in retail."),
        ("nice", "Dutch is a plus."),
    ]


def test_prose_is_read_in_four_languages() -> None:
    for sentence in (
        "Une maîtrise de SAP est indispensable.",
        "Kennis van SAP is noodzakelijk.",
        "SAP-Kenntnisse sind zwingend erforderlich.",
    ):
        assert ("must", sentence) in read(description=sentence)


def test_what_is_not_needed_is_no_requirement() -> None:
    assert read(description="Kennis van SAP is geen breekpunt.") == [("must", "Controller")]


def test_a_heading_lends_its_tier_to_its_bullets() -> None:
    text = "Nice to have:\n- carve-out of a business line\n- chart of accounts"
    assert ("nice", "chart of accounts") in read(description=text)


def test_a_brief_that_says_nothing_requires_its_title() -> None:
    assert read() == [("must", "Controller")]
