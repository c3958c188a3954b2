import polars as pl
import pytest

from models.adaptability.demand import overall_demand, read_demand


def demand_of(**brief: object) -> dict[str, float]:
    table = read_demand(pl.DataFrame([{"brief_id": "b", **brief}]))
    return dict(table.select("dimension", "demand").iter_rows())


def level_of(**brief: object) -> str:
    return overall_demand(read_demand(pl.DataFrame([{"brief_id": "b", **brief}])))["level"][0]


def test_seven_rows_a_brief_and_a_reason_for_each() -> None:
    table = read_demand(pl.DataFrame([{"brief_id": "b", "title": "Controller"}]))

    assert table.height == 7
    assert table["demand"].is_between(0, 1).all()
    assert table["why"].str.starts_with("reason: unknown").all()


@pytest.mark.parametrize(
    "text",
    [
        "The merger upsets everybody and tension with the works council grows.",
        "La fusion inquiète tout le monde et la tension avec les syndicats monte.",
        "De fusie verontrust iedereen en de spanning met de vakbond stijgt.",
        "Die Fusion beunruhigt alle, die Spannung mit dem Betriebsrat wächst.",
    ],
)
def test_the_same_need_is_read_in_four_languages(text: str) -> None:
    plain = demand_of(reason="project", description="")
    asked = demand_of(reason="project", description=text)

    assert asked["uncertain"] > plain["uncertain"]
    assert asked["interpersonal"] > plain["interpersonal"]
    assert asked["cultural"] == plain["cultural"]


def test_a_crisis_asks_for_more_than_leave_cover() -> None:
    crisis = {
        "reason": "crisis",
        "description": "Product recall, urgent; a team under pressure, the outcome uncertain.",
    }
    cover = {"reason": "replacement", "description": "Maternity cover, an experienced team."}

    assert level_of(**crisis) == "high"
    assert level_of(**cover) == "low"
    assert demand_of(**crisis)["emergency"] > demand_of(**cover)["emergency"]


def test_why_quotes_the_words_and_their_field() -> None:
    table = read_demand(
        pl.DataFrame([{"brief_id": "b", "objectives": ["Prepare the carve-out"], "reason": None}])
    )
    why = table.filter(dimension="uncertain")["why"][0]

    assert "“carve-out” (objectives)" in why


def test_saying_a_word_twice_asks_no_more() -> None:
    once = demand_of(description="A merger.")
    twice = demand_of(description="A merger. The merger. Mergers!")

    assert once == twice
