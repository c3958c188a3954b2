"""Writes the simulated agency as an inbox: tables as an ATS exports them, CV files, the truth."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path

from data.agency.briefs import versions
from data.agency.careers import draw_career
from data.agency.documents import as_file, as_text, draw_form
from data.agency.history import History
from data.agency.letters import brief_row
from data.agency.material import stream
from data.agency.parameters import Market, World
from data.agency.past import TODAY, open_briefs, play_past
from data.agency.people import Person
from data.agency.rows import candidate_row, contact_row
from data.agency.style import draw_style
from data.agency.truth import write_truth
from data.agency.writing import write_cv
from data.schema import INBOX_TABLES


def write_agency(
    folder: Path,
    *,
    candidates: int,
    briefs: int,
    history_years: float = 2.0,
    placements_a_year: float | None = None,
    seed: int = 1,
    as_of: date = TODAY,
    market: Market | None = None,
) -> None:
    """Write an inbox with `briefs` open briefs, and its truth in `folder/truth`.

    The same arguments write the same bytes. `placements_a_year` is candidates / 25 unless given;
    `Market(outcome_adaptability=0.0)` makes a world in which adaptability does not matter.
    """
    past = play_past(
        candidates=candidates,
        history_years=history_years,
        placements_a_year=placements_a_year,
        seed=seed,
        as_of=as_of,
        market=market,
    )
    world, pool, history = past.world, past.pool, past.history
    (folder / "cvs").mkdir(parents=True, exist_ok=True)
    (folder / "truth").mkdir(exist_ok=True)
    still_open = open_briefs(past, briefs)
    asked = [version for brief in (*past.briefs, *still_open) for version in versions(brief, world)]
    _write_table(folder, "briefs", (brief_row(brief, seed) for brief in asked))
    _write_table(folder, "presentations", history.presentations)
    _write_table(folder, "placements", history.placements)
    _write_table(folder, "feedback", history.feedback)
    _write_table(folder, "contacts", map(contact_row, pool.people))
    told: list[dict[str, object]] = []
    rows = (
        _write_candidate(folder, row, pool.people[row], history, world, told)
        for row in range(candidates)
    )
    _write_table(folder, "candidates", rows)
    write_truth(folder / "truth", pool, (past.briefs, still_open), history, told, world.market)


def _write_candidate(
    folder: Path,
    row: int,
    person: Person,
    history: History,
    world: World,
    told: list[dict[str, object]],
) -> dict[str, object]:
    """Write the CV of one candidate, note what it tells, and return the row of the table."""
    rng = stream(world.seed, "cv", person.number)
    career = draw_career(person, tuple(history.booked.get(row, ())), world, rng)
    cv = write_cv(person, career, draw_style(person, world.market, rng), world, rng)
    identity = {"candidate_id": person.candidate_id}
    told += [{**identity, "language": cv.language, **asdict(event)} for event in cv.told]
    form = draw_form(world.market, rng)
    cell: dict[str, object]
    if form == "text":
        cell = {"cv_text": as_text(cv.blocks, rng)}
    else:
        cell = {"cv_file": f"cvs/{person.candidate_id}.{form}"}
        (folder / str(cell["cv_file"])).write_bytes(as_file(person, career, cv, form, rng))
    booked = history.free_from.get(row)
    busy = booked if booked and booked > world.as_of else person.busy_until
    return {**identity, **cell, **candidate_row(person, cv.headline, busy, world, rng)}


def _write_table(folder: Path, name: str, rows: Iterable[Mapping[str, object]]) -> None:
    """A CSV with the columns of the schema; lists are joined by semicolons."""
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, INBOX_TABLES[name].column_names(), lineterminator="\n")
        writer.writeheader()
        writer.writerows({key: _cell(value) for key, value in row.items()} for row in rows)


def _cell(value: object) -> object:
    return ";".join(map(str, value)) if isinstance(value, list | tuple) else value
