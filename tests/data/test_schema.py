"""The schemas say what they check, and the data dictionary says what the schemas say."""

from pathlib import Path

import polars as pl
import pytest

from data.checks import SENTENCES, sentence
from data.schema import INBOX_TABLES, STAGE_TABLES, Candidates, Passages
from data.schema.describe import describe

DICTIONARY = Path(__file__).parents[2] / "docs" / "data.md"


def test_the_data_dictionary_is_fresh():
    assert DICTIONARY.read_text(encoding="utf-8") == describe()


@pytest.mark.parametrize("schema", [*INBOX_TABLES.values(), *STAGE_TABLES.values()])
def test_every_table_and_column_is_described(schema):
    assert schema.__doc__
    assert all(column.description for column in schema.columns().values())


@pytest.mark.parametrize("schema", INBOX_TABLES.values())
def test_every_rule_of_the_inbox_has_a_sentence(schema):
    one_row = pl.DataFrame({name: [None] for name in schema.column_names()})
    _, failure = schema.filter(one_row.cast(dict(pl.Schema(schema))))
    rules = set(failure.details().columns) - set(schema.column_names()) - {"primary_key"}
    for rule in rules:
        column, _, kind = rule.rpartition("|")
        definition = schema.columns()[column or schema.column_names()[0]]
        assert sentence(kind, column or "row", definition).endswith(".")


def test_a_rule_without_a_sentence_is_a_programming_error():
    definition = Candidates.columns()["place"]
    with pytest.raises(ValueError, match="has no sentence"):
        sentence("no_such_rule", "place", definition)
    assert "no_such_rule" not in SENTENCES


def test_a_passage_ends_after_it_starts():
    row = {"candidate_id": "C1", "passage": 0, "section": "skills", "text": "x", "start_char": 5}
    rows = pl.DataFrame([row | {"end_char": 5}, row | {"passage": 1, "end_char": 6}])
    full = pl.concat([Passages.create_empty(), rows], how="diagonal_relaxed")
    good, _ = Passages.filter(full, cast=True)
    assert good.get_column("passage").to_list() == [1]
