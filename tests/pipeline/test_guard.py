import json

import pytest

from data.errors import InputError
from data.inbox import InboxSettings, read_inbox
from pipeline.guard import refuse_rejected, volume_alarms
from pipeline.intake import read_candidates

BRIEFS = "brief_id,title\nB1,CFO\n"


@pytest.fixture
def read(tmp_path):
    def read(rows):
        inbox = tmp_path / "inbox"
        inbox.mkdir()
        (inbox / "candidates.csv").write_text("candidate_id,cv_text\n" + rows)
        (inbox / "briefs.csv").write_text(BRIEFS)
        checked = read_inbox(inbox, InboxSettings())
        reading = read_candidates(
            checked.candidates, checked.experiences, inbox, tmp_path / "cache", workers=1
        )
        return checked, reading

    return read


def test_a_few_rejected_candidates_are_no_reason_to_stop(read):
    checked, reading = read("C1,accountant\nC2,lawyer\nC3,nurse\n../C4,spy\n")
    refuse_rejected(checked, reading, 0.25)


def test_more_than_the_limit_stops_the_night_and_says_why(read):
    checked, reading = read("C1,accountant\nC2,lawyer\nC3,nurse\n../C4,spy\n")
    with pytest.raises(InputError, match=r"At most 20% .* 1 of 4 were, most often for: .*max_rej"):
        refuse_rejected(checked, reading, 0.2)


@pytest.mark.parametrize(("now", "alarms"), [(100, 0), (50, 0), (49, 1), (300, 0), (301, 1)])
def test_a_pool_that_halved_or_tripled_is_an_alarm(tmp_path, now, alarms):
    (tmp_path / "current").mkdir()
    manifest = {"counts": {"candidates": 100}}
    (tmp_path / "current" / "manifest.json").write_text(json.dumps(manifest))
    assert len(volume_alarms(tmp_path, {"candidates": now})) == alarms


def test_the_first_night_has_nothing_to_compare_with(tmp_path):
    assert volume_alarms(tmp_path, {"candidates": 1}) == ()
