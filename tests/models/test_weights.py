import json

import polars as pl
import pytest

from data.errors import InputError
from models.components import COMPONENTS
from models.weights.champion import (
    brief_weights,
    normalised,
    promote,
    read_weights,
    replaced,
    to_json,
)


def of_brief(demand: float = 0.5, own: str | None = None, settings=None) -> dict[str, float]:
    briefs = pl.DataFrame({"brief_id": ["b"], "weights": [own]}, schema_overrides={"weights": str})
    return brief_weights(briefs, {"b": demand}, read_weights(), settings)["b"]


def test_the_champion_sums_to_one_within_its_bounds() -> None:
    champion = read_weights()
    assert sum(champion.weights.values()) == pytest.approx(1)
    assert set(champion.weights) == set(champion.bounds) == set(COMPONENTS)
    for name, (low, high) in champion.bounds.items():
        assert low <= champion.weights[name] <= high


def test_adaptability_weighs_more_where_it_is_demanded() -> None:
    calm, usual, crisis = (of_brief(demand)["adaptability"] for demand in (0.1, 0.5, 0.9))
    assert calm < usual < crisis
    assert usual == pytest.approx(read_weights().weights["adaptability"])


def test_a_brief_may_set_its_own_weights() -> None:
    weights = of_brief(own='{"adaptability": 0.5}')
    assert weights["adaptability"] == pytest.approx(0.5)
    assert sum(weights.values()) == pytest.approx(1)


def test_the_settings_replace_and_the_brief_has_the_last_word() -> None:
    weights = of_brief(own='{"technical": 0.2}', settings={"technical": 0.9})
    assert weights["technical"] == pytest.approx(0.2)


def test_the_others_keep_their_proportions() -> None:
    base = read_weights().weights
    weights = replaced(base, {"technical": 0.1})
    assert weights["title"] / weights["logistics"] == pytest.approx(
        base["title"] / base["logistics"]
    )


@pytest.mark.parametrize("own", ["[1]", "{", '{"charm": 1}', '{"title": -1}', '{"title": "x"}'])
def test_weights_that_make_no_sense_are_an_input_error(own: str) -> None:
    with pytest.raises(InputError):
        of_brief(own=own)


def test_no_weight_at_all_is_an_input_error() -> None:
    with pytest.raises(InputError, match="above 0"):
        normalised({"technical": 0})


def test_what_is_written_is_read_back(tmp_path) -> None:
    champion = read_weights()
    weights = {**champion.weights, "technical": 0.0}
    after = promote(
        champion, weights_id="next", promoted="2026-12-01", weights=weights, evaluation={"n": 1}
    )
    (tmp_path / "weights.json").write_text(to_json(after))
    assert read_weights(tmp_path / "weights.json") == after
    assert after.history[0]["weights_id"] == champion.weights_id


def test_a_broken_file_is_an_input_error(tmp_path) -> None:
    path = tmp_path / "weights.json"
    path.write_text(json.dumps({"weights": {}}))
    with pytest.raises(InputError, match="weights_id"):
        read_weights(path)
