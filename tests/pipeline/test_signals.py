from datetime import date

import polars as pl

from data.schema.words import DIMENSIONS
from models.adaptability.ledger import LEDGER
from pipeline.signals import levels

EVENT = ("C1", "learning", 0.5, 3, "learnt it in a month", None, None, None)


def test_everybody_with_an_event_has_a_level_in_every_dimension():
    table = levels(pl.DataFrame([EVENT], schema=LEDGER, orient="row"), date(2026, 11, 22))
    assert table.height == len(DIMENSIONS)
    shown = dict(table.select("dimension", "level").iter_rows())
    assert shown["learning"] > 0
    assert shown["stress"] == 0


def test_a_pool_without_an_event_has_no_levels():
    assert levels(pl.DataFrame(schema=LEDGER), date(2026, 11, 22)).is_empty()
