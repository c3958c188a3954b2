"""Writes the simulated agency as an inbox: tables as an ATS exports them, CV files, and the truth."""

import csv
import json
import random
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import polars as pl

from data.agency.briefs import Brief, brief_row, draw_brief, versions
from data.agency.careers import draw_career
from data.agency.documents import as_file, as_text, draw_form
from data.agency.history import History, play
from data.agency.material import book, occupations, stream
from data.agency.parameters import Market
from data.agency.people import MODES, Person, draw_person
from data.agency.truth import Pool, model, pairs, pool_of
from data.agency.writing import Cv, draw_style, write_cv
from data.schema import INBOX_TABLES
from data.schema.words import DIMENSIONS, LANGUAGES

TODAY = date(2026, 11, 22)


def write_agency(
    folder: Path,
    *,
    candidates: int = 300,
    briefs: int = 12,
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
    market = market or Market()
    (folder / "cvs").mkdir(parents=True, exist_ok=True)
    (folder / "truth").mkdir(exist_ok=True)
    people = [draw_person(number, seed, market, as_of) for number in range(1, candidates + 1)]
    pool = pool_of(people)
    rate = candidates / 25 if placements_a_year is None else placements_a_year
    past, still_open = _briefs(
        briefs, rate * history_years / 0.42, history_years, market, seed, as_of
    )
    history = play(pool, past, market, as_of, seed)
    asked = [v for brief in (*past, *still_open) for v in versions(brief, market, as_of, seed)]
    _write_table(folder, "briefs", (brief_row(brief, seed) for brief in asked))
    for name in ("presentations", "placements", "feedback"):
        _write_table(folder, name, getattr(history, name))
    _write_table(
        folder,
        "contacts",
        (
            {
                "candidate_id": p.candidate_id,
                "name": f"{p.first} {p.last}",
                "email": p.email,
                "phone": p.phone,
            }
            for p in people
        ),
    )
    told: list[dict[str, object]] = []
    rows = (
        _candidate(folder, pool, row, history, market, as_of, seed, told)
        for row in range(candidates)
    )
    _write_table(folder, "candidates", rows)
    _write_truth(folder / "truth", pool, past, still_open, history, told, market)


def _briefs(
    count: int, past_count: float, years: float, market: Market, seed: int, as_of: date
) -> tuple[list[Brief], list[Brief]]:
    """Briefs of the past, evenly over the years, and those of the last days."""
    before = round(past_count)
    rng = stream(seed, "mix")
    weights = {key: occupation.weight for key, occupation in occupations().items()}
    drawn: list[Brief] = []
    for first, number in ((1, before), (before + 1, count)):
        languages = _spread(market.brief_languages, number, rng)
        functions = _spread(weights, number, rng)
        for i in range(number):
            days = (
                15 + int((number - i) / number * 365.25 * years)
                if first == 1
                else rng.randint(0, 9)
            )
            drawn.append(
                draw_brief(
                    first + i,
                    seed,
                    market,
                    as_of - timedelta(days=days),
                    language=languages[i],
                    function=functions[i],
                )
            )
    return drawn[:before], drawn[before:]


def _spread(shares: Mapping[str, float], count: int, rng: random.Random) -> list[str]:
    """`count` keys in proportion to their shares, exact up to rounding, in random order."""
    total, at, keys = sum(shares.values()), rng.random(), list(shares)
    edges = np.cumsum([shares[key] / total * count for key in keys])
    chosen = [keys[min(int(np.searchsorted(edges, at + i)), len(keys) - 1)] for i in range(count)]
    rng.shuffle(chosen)
    return chosen


def _candidate(
    folder: Path,
    pool: Pool,
    row: int,
    history: History,
    market: Market,
    as_of: date,
    seed: int,
    told: list[dict[str, object]],
) -> dict[str, object]:
    """Write the CV of one candidate and return the row of the table."""
    person = pool.people[row]
    rng = stream(seed, "cv", person.number)
    career = draw_career(person, tuple(history.booked.get(row, ())), market, as_of, rng)
    cv = write_cv(person, career, draw_style(person, market, rng), market, as_of, rng)
    told += [
        {
            "candidate_id": person.candidate_id,
            "language": cv.language,
            "dimension": t.dimension,
            "level": t.level,
            "sentence": t.sentence,
        }
        for t in cv.told
    ]
    form = draw_form(market, rng)
    cell: dict[str, object] = {}
    if form == "text":
        cell["cv_text"] = as_text(cv.blocks, rng)
    else:
        name = f"cvs/{person.candidate_id}.{form}"
        (folder / name).write_bytes(as_file(person, career, cv, form, rng))
        cell["cv_file"] = name
    return {
        "candidate_id": person.candidate_id,
        **cell,
        **_known(person, cv, row, history, market, as_of, rng),
    }


def _known(
    person: Person,
    cv: Cv,
    row: int,
    history: History,
    market: Market,
    as_of: date,
    rng: random.Random,
) -> dict[str, object]:
    """What the agency's own fields say of a person; each may be empty."""
    index = LANGUAGES.index(cv.language)
    booked = history.free_from.get(row)
    busy = booked if booked and booked > as_of else person.busy_until
    sectors = book("clients")["sectors"]
    updated = as_of - timedelta(days=min(700, int(rng.expovariate(1 / 120))))
    fields: dict[str, object] = {
        "headline": cv.headline,
        "languages": [
            f"{code}:{'C2' if level == 'native' else level}"
            for code, level in person.languages.items()
        ],
        "country": person.place.country,
        "place": person.place.name[index],
        "max_distance_km": rng.choice((30, 40, 50, 60, 80, 100, 150)),
        "work_modes": rng.choice(MODES),
        "available_from": busy or as_of + timedelta(days=rng.randint(-20, 14)),
        "day_rate_eur": person.day_rate,
        "sectors": [sectors[sector]["name"][index] for sector in person.sectors],
        "licences": ["B"] if rng.random() < 0.8 else [],
        "last_contact": updated + timedelta(days=rng.randint(0, max(0, (as_of - updated).days))),
        "updated_at": updated,
    }
    return {k: v for k, v in fields.items() if rng.random() >= market.missing}


def _write_table(folder: Path, name: str, rows: Iterable[Mapping[str, object]]) -> None:
    """A CSV with the columns of the schema; lists are joined by semicolons."""
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, INBOX_TABLES[name].column_names(), lineterminator="\n")
        writer.writeheader()
        writer.writerows({key: _cell(value) for key, value in row.items()} for row in rows)


def _cell(value: object) -> object:
    return ";".join(map(str, value)) if isinstance(value, list | tuple) else value


def _write_truth(
    folder: Path,
    pool: Pool,
    past: Sequence[Brief],
    still_open: Sequence[Brief],
    history: History,
    told: list[dict[str, object]],
    market: Market,
) -> None:
    everybody = np.arange(len(pool.people))
    presented = [
        (b, np.array(history.presented[b.brief_id]))
        for b in past
        if b.brief_id in history.presented
    ]
    tables = {
        "candidates": pl.DataFrame([_latent(person) for person in pool.people]),
        "skills": pl.DataFrame(
            [
                {"candidate_id": p.candidate_id, "topic": topic, "skill": skill}
                for p in pool.people
                for topic, skill in p.skills.items()
            ]
        ),
        "events": pl.DataFrame(told),
        "briefs": pl.DataFrame([_meant(brief) for brief in (*past, *still_open)]),
        "pairs": pl.concat(
            [
                pairs(pool, b, market, rows)
                for b, rows in (*presented, *((b, everybody) for b in still_open))
            ]
        ),
        "placements": pl.DataFrame(history.truths),
    }
    for name, table in tables.items():
        table.write_parquet(folder / f"{name}.parquet")
    (folder / "model.json").write_text(json.dumps(model(market), indent=1) + "\n")


def _latent(person: Person) -> dict[str, object]:
    return {
        "candidate_id": person.candidate_id,
        "function": person.occupation.key,
        "second_function": person.second.key if person.second else None,
        "seniority": person.seniority,
        "style": person.style,
        "communication": person.communication,
        "cv_language": person.cv_language,
        **{f"adaptability_{name}": person.adaptability[name] for name in DIMENSIONS},
    }


def _meant(brief: Brief) -> dict[str, object]:
    return {
        "brief_id": brief.brief_id,
        "function": brief.occupation.key,
        "level": brief.level,
        "reason": brief.reason,
        "sector": brief.sector,
        "language": brief.language,
        "form": brief.form,
        "strength": brief.strength,
        **{f"demand_{name}": brief.demand[name] for name in DIMENSIONS},
    }
