from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from data.errors import InputError
from data.inbox import InboxSettings, read_inbox
from pipeline.stages.briefs import briefs_to_rank

AS_OF = date(2026, 11, 22)


@pytest.fixture
def inbox(tmp_path):
    (tmp_path / "candidates.csv").write_text("candidate_id,cv_text\nC1,Boekhouder\n")
    (tmp_path / "briefs.jsonl").write_text(
        '{"brief_id": "B1", "title": "Interim CFO", "received_at": "2026-11-20", "description": '
        '"Nous cherchons un directeur financier pour remplacer notre titulaire absent."}\n'
        '{"brief_id": "B2", "title": "Controller", "language": "nl", "received_at": "2026-11-21"}\n'
        '{"brief_id": "B3", "title": "Old", "received_at": "2026-01-02"}\n'
    )
    return read_inbox(tmp_path, InboxSettings())


def test_open_briefs_come_with_the_language_they_are_written_in(inbox):
    briefs = briefs_to_rank(inbox, AS_OF, InboxSettings())
    assert dict(briefs.select("brief_id", "language").iter_rows()) == {"B1": "fr", "B2": "nl"}


def test_a_night_without_an_open_brief_is_refused(inbox):
    none = replace(inbox, briefs=inbox.briefs.filter(pl.col("brief_id") == "B3"))
    with pytest.raises(InputError, match="at least one brief must be open"):
        briefs_to_rank(none, AS_OF, InboxSettings())
