"""Thirty nights of an agency whose exports go wrong: nobody is lost without a word."""

import csv
import os
import random
import signal
import time
from datetime import timedelta
from functools import partial
from pathlib import Path

from pipeline.nights.folders import CURRENT, read_manifest
from pipeline.nights.guard import GATES
from pipeline.privacy.erased import block
from pipeline.trials.count import Count
from pipeline.trials.faults import start, wait
from pipeline.trials.world import AS_OF, publish_night, write_inbox

Row = dict[str, str]
_LONG_AGO = "2023-01-15"


def conserved_nights(folder: Path, *, nights: int, seed: int) -> Count:
    """Run nights on an inbox that changes at random; half of them are killed once before.

    Each time what came must be scored, quarantined, ineligible, expired, erased or merged, and the
    quarantined, expired, erased and merged must be those that the trial itself put there.
    """
    draw, held = random.Random(seed), 0  # noqa: S311 - no secret
    inbox, runs = folder / "inbox", folder / "runs"
    if wait(start(lambda: write_inbox(inbox, candidates=24))) != 0:
        raise RuntimeError("The inbox of the trial must be written; it was not.")
    table = inbox / "candidates.csv"
    with table.open(encoding="utf-8", newline="") as file:
        people = list(csv.DictReader(file))
    erased: set[str] = set()
    runs.mkdir()
    for number in range(nights):
        if number % 5 == 4:
            chosen = draw.choice(people)["candidate_id"]
            block(runs, chosen)
            erased.add(chosen)
        rows, expected = _export(people, erased, draw)
        with table.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, people[0].keys())
            writer.writeheader()
            writer.writerows(rows)
        as_of = AS_OF + timedelta(days=number)
        night = partial(publish_night, inbox, runs, as_of, accept=tuple(GATES))
        if draw.random() < 0.5:
            child = start(night)
            time.sleep(draw.uniform(0, 1))
            os.kill(child, signal.SIGKILL)
            wait(child)
        if wait(start(night)) != 0:
            continue
        balance = read_manifest(runs / CURRENT)["balance"]
        came = balance.pop("came")
        right = {name: balance[name] for name in expected} == expected
        held += came == len(rows) == sum(balance.values()) and right
    what = "simulated nights: everybody who came is accounted for"
    return Count(what=what, tried=nights, held=held)


def _export(
    people: list[Row], erased: set[str], draw: random.Random
) -> tuple[list[Row], dict[str, int]]:
    """The rows of one night, a few of them wrong, and how many of each kind that are."""
    rows = [dict(row, last_contact="", updated_at=f"{AS_OF:%Y-%m-%d}") for row in people]
    free = [row for row in rows if row["candidate_id"] not in erased]
    draw.shuffle(free)
    broken, expired, twin, copied = free[:1], free[1 : 1 + draw.randrange(3)], free[4], free[5]
    for row in broken:
        row["candidate_id"] = "../etc/passwd"
    for row in expired:
        row["last_contact"] = _LONG_AGO
    rows.append(dict(copied, candidate_id=f"X{draw.randrange(10**6):06d}"))
    rows.append(dict(twin))  # the same id twice: one of the rows is turned away
    present = {row["candidate_id"] for row in rows}
    return rows, {
        "quarantined": 2,
        "expired": len(expired),
        "erased": len(erased & present),
        "merged": 1,
    }
