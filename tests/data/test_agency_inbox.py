"""The simulated agency must be a valid inbox, the same every time, in four languages."""

import json
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from data.agency import Market, write_agency
from data.inbox import Inbox, InboxSettings, read_inbox
from data.known import open_briefs

AS_OF = date(2026, 11, 22)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("agency")
    write_agency(path, candidates=120, briefs=12, placements_a_year=40)
    return path


@pytest.fixture(scope="module")
def inbox(folder: Path) -> Inbox:
    return read_inbox(folder, InboxSettings())


def truth(folder: Path, name: str) -> pl.DataFrame:
    return pl.read_parquet(folder / "truth" / f"{name}.parquet")


def bytes_of(folder: Path) -> dict[str, bytes]:
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths}


def test_every_row_is_kept(inbox: Inbox) -> None:
    assert inbox.quarantine.height == 0
    assert inbox.warnings == []
    assert inbox.candidates.height == 120


def test_open_briefs_are_those_asked_for_in_four_languages(folder: Path, inbox: Inbox) -> None:
    found = open_briefs(inbox, AS_OF, InboxSettings())
    meant = truth(folder, "briefs").join(found, on="brief_id", how="semi")
    assert found.height == 12
    assert set(meant["language"]) == {"en", "fr", "nl", "de"}


def test_every_cv_file_is_there(folder: Path, inbox: Inbox) -> None:
    files = inbox.candidates["cv_file"].drop_nulls().to_list()
    assert {Path(name).suffix for name in files} == {".pdf", ".docx", ".json", ".txt"}
    assert sorted(files) == sorted(f"cvs/{path.name}" for path in (folder / "cvs").iterdir())


def test_same_arguments_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_agency(tmp_path / name, candidates=30, briefs=4, placements_a_year=10)
    assert bytes_of(tmp_path / "one") == bytes_of(tmp_path / "two")


def test_another_seed_is_another_agency(tmp_path: Path) -> None:
    for seed in (1, 2):
        write_agency(tmp_path / str(seed), candidates=5, briefs=1, seed=seed)
    assert bytes_of(tmp_path / "1") != bytes_of(tmp_path / "2")


def test_an_agency_without_a_past_and_with_one_candidate_works(tmp_path: Path) -> None:
    write_agency(tmp_path, candidates=1, briefs=1, history_years=0.0)
    assert read_inbox(tmp_path, InboxSettings()).candidates.height == 1


def test_nothing_is_dated_after_the_day_of_export(inbox: Inbox) -> None:
    dated = {
        "briefs": ["received_at"],
        "presentations": ["presented_at"],
        "placements": ["start_date", "actual_end"],
        "feedback": ["date"],
        "candidates": ["updated_at", "last_contact"],
    }
    for table, columns in dated.items():
        frame: pl.DataFrame = getattr(inbox, table)
        for column in columns:
            assert frame.filter(pl.col(column) > AS_OF).height == 0, (table, column)


def test_a_candidate_is_on_one_mission_at_a_time(inbox: Inbox) -> None:
    missions = inbox.placements.sort("candidate_id", "start_date").with_columns(
        before=pl.col("actual_end").shift(1).over("candidate_id"),
        first=pl.int_range(pl.len()).over("candidate_id") == 0,
    )
    later = missions.filter(~pl.col("first"))
    assert (
        later.filter(pl.col("before").is_null() | (pl.col("before") > pl.col("start_date"))).height
        == 0
    )


def test_told_sentences_are_in_the_cv_texts(folder: Path, inbox: Inbox) -> None:
    texts = inbox.candidates.filter(pl.col("cv_text").is_not_null())
    told = truth(folder, "events").join(texts, on="candidate_id")
    assert told.height > 100
    assert all(row["sentence"] in row["cv_text"] for row in told.iter_rows(named=True))


def test_who_is_more_adaptable_tells_more_events(folder: Path) -> None:
    levels = [f"adaptability_{name}" for name in ("stress", "learning", "uncertain", "creative")]
    people = truth(folder, "candidates").with_columns(level=pl.mean_horizontal(levels))
    counts = truth(folder, "events").filter(pl.col("level") > 1).group_by("candidate_id").len()
    joined = people.join(counts, on="candidate_id", how="left").with_columns(
        pl.col("len").fill_null(0)
    )
    middle = joined["level"].median()
    high, low = (
        joined.filter(side)["len"].mean()
        for side in (pl.col("level") > middle, pl.col("level") <= middle)
    )
    assert high > 1.5 * low


def test_a_market_without_weight_of_adaptability_has_none_in_its_truth(tmp_path: Path) -> None:
    market = Market(outcome_adaptability=0.0, outcome_communication=0.0)
    write_agency(tmp_path, candidates=40, briefs=2, placements_a_year=5, market=market)
    pairs = truth(tmp_path, "pairs")
    model = json.loads((tmp_path / "truth" / "model.json").read_text(encoding="utf-8"))
    assert model["market"]["outcome_adaptability"] == 0.0
    error = (pairs["prospect"] - market.outcome_technical * pairs["technical"]).abs().max()
    assert error < 1e-9
