"""Erasures that are killed: the next one finishes them, and nothing of the candidate is left."""

import os
import random
import signal
import time
from functools import partial
from pathlib import Path

import polars as pl

from pipeline.nights.integrity import check_runs
from pipeline.privacy.erase import erase
from pipeline.privacy.erased import erased_among
from pipeline.privacy.traces import traces
from pipeline.trials.count import Count
from pipeline.trials.faults import Stage, seconds_of, start, wait
from pipeline.trials.world import SETTINGS, publish_night


def killed_erasures(stage: Stage, *, kills: int, seed: int) -> Count:
    """Erase, kill, look at what readers see, erase again, and look for the candidate everywhere."""
    draw, held, done = random.Random(seed), 0, 0  # noqa: S311 - no secret
    lines = (stage.inbox / "contacts.csv").read_text("utf-8").split("\n")[1:]
    people = [line.split(",")[0] for line in lines if line]
    lasted = seconds_of(stage, partial(erase, stage.runs, people[:1]))
    while done < kills:
        stage.reset()
        chosen = draw.choice(people)
        begun = time.monotonic()
        child = start(partial(erase, stage.runs, [chosen]))
        time.sleep(draw.uniform(0, lasted))
        os.kill(child, signal.SIGKILL)
        if wait(child) == 0:
            lasted = min(lasted, time.monotonic() - begun)
            continue
        done += 1
        whole = stage.whole()
        finished = wait(start(partial(erase, stage.runs, [chosen]))) == 0
        gone = wait(start(partial(_must_be_gone, stage.runs, chosen))) == 0
        back = wait(start(partial(publish_night, stage.inbox, stage.runs, accept=("fewer",))))
        still = back == 0 and wait(start(partial(_must_be_gone, stage.runs, chosen))) == 0
        held += whole and finished and gone and still
    what = "SIGKILL during an erasure: one whole night is seen, then nothing of the candidate"
    return Count(what=what, tried=kills, held=held)


def _must_be_gone(runs: Path, candidate_id: str) -> None:
    """Raise AssertionError where anything still tells of the candidate."""
    left = [str(file) for file in traces(runs, candidate_id)]
    damaged = check_runs(runs, SETTINGS.encoder, {})
    owners = pl.read_parquet(runs / "cache" / "cvs" / "owners.parquet")
    read = pl.concat(
        [pl.read_parquet(file) for file in (runs / "cache" / "cvs" / "cvs").glob("*.parquet")],
        how="diagonal",
    )
    unowned = read.join(owners, on="cv_key", how="anti").height
    blocked = erased_among(runs, [candidate_id])
    if left or damaged or unowned or not blocked:
        raise AssertionError(f"{left} {damaged} {unowned} {blocked}")
