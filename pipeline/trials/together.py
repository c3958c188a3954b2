"""Several runs at once, a lock that its holder died with, readers while nights are published."""

import os
import shutil
import signal
import subprocess
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path

from pipeline.nights.folders import CURRENT, MANIFEST, publish, read_manifest, staging
from pipeline.nights.manifest import sha256_of
from pipeline.trials.count import Count
from pipeline.trials.faults import Stage, start, wait
from pipeline.trials.world import publish_night

LOCKED = 75
AT_MOST = 2.0  # seconds until a run that may not work says so
_HOLD = """
import sys, time
from pathlib import Path
from pipeline.nights.lock import run_lock
with run_lock(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(600)
"""


def runs_at_once(stage: Stage, *, runs: int, rounds: int = 1) -> Count:
    """Start runs together: exactly one publishes, the others are refused within two seconds."""
    held, slowest = 0, 0.0
    for _ in range(rounds):
        before = stage.reset()
        begun = time.monotonic()
        waiting = {start(lambda: publish_night(stage.inbox, stage.runs)) for _ in range(runs)}
        ended: dict[int, float] = {}
        codes: dict[int, int] = {}
        while waiting:
            child, status = os.waitpid(-1, 0)
            waiting.discard(child)
            ended[child] = time.monotonic() - begun
            codes[child] = os.waitstatus_to_exitcode(status)
        losers = [seconds for child, seconds in ended.items() if codes[child]]
        slowest = max([slowest, *losers])
        one = len(losers) == runs - 1 and slowest <= AT_MOST
        held += one and stage.shown() != before and stage.whole()
    return Count(
        what=f"{runs} runs at once: one publishes, the others are refused within 2 s",
        tried=rounds,
        held=held,
        note=f"slowest refusal {slowest:.2f} s",
    )


def commands_refused(stage: Stage, *, commands: int) -> Count:
    """While a process holds the lock, the command `run` ends with exit code 75 within 2 s."""
    stage.reset()
    with _holder(stage.runs) as holder:
        words = ["run", "--inbox", str(stage.inbox), "--runs", str(stage.runs)]
        seconds, held = [], 0
        for _ in range(commands):
            begun = time.monotonic()
            code = subprocess.run(  # noqa: S603 - our own command
                [sys.executable, "-m", "pipeline", *words], capture_output=True
            ).returncode
            seconds.append(time.monotonic() - begun)
            held += code == LOCKED and seconds[-1] <= AT_MOST
        holder.kill()
    return Count(
        what="`briefmatch run` beside a held lock: exit code 75 within 2 s",
        tried=commands,
        held=held,
        note=f"slowest {max(seconds):.2f} s",
    )


def dead_holders(stage: Stage, *, deaths: int) -> Count:
    """Kill the process that holds the lock: the next run publishes."""
    held = 0
    for _ in range(deaths):
        before = stage.reset()
        with _holder(stage.runs) as holder:
            holder.send_signal(signal.SIGKILL)
        held += wait(start(lambda: publish_night(stage.inbox, stage.runs))) == 0
        held -= stage.shown() == before
    return Count(what="a lock whose holder was killed is free", tried=deaths, held=held)


def _holder(runs: Path) -> "subprocess.Popen[str]":
    holder = subprocess.Popen(  # noqa: S603 - our own code
        [sys.executable, "-c", _HOLD, str(runs)], stdout=subprocess.PIPE, text=True
    )
    if holder.stdout is None or holder.stdout.readline() != "held\n":
        raise RuntimeError("The holder of the lock must say that it holds it; it did not.")
    return holder


def reads_during_publishes(stage: Stage, *, reads: int) -> Count:
    """Read the published night while others replace it: every read sees files of one night."""
    stage.reset()
    source = (stage.runs / CURRENT).resolve()
    publisher = start(lambda: _publish_for_ever(stage.runs, source))
    held, seen = 0, set()
    for _ in range(reads):
        night = (stage.runs / CURRENT).resolve()
        files = read_manifest(night)["files"]
        chosen = ("index.html", "shortlists.csv", "longlist.parquet")
        held += all(sha256_of(night / name) == files[name] for name in chosen)
        seen.add(night.name)
    os.kill(publisher, signal.SIGKILL)
    wait(publisher)
    return Count(
        what="reads while nights are published: files of one night",
        tried=reads,
        held=held,
        note=f"{len(seen)} nights were seen",
    )


def _publish_for_ever(runs: Path, source: Path) -> None:
    """Publish nights that differ in every file, one after another, and keep the latest ones."""
    started = datetime.fromisoformat("2030-01-01T00:00:00+00:00")
    for number in range(1 << 30):
        staged = staging(runs, f"n{number}")
        shutil.copytree(source, staged, dirs_exist_ok=True)
        for file in ("index.html", "shortlists.csv", "longlist.parquet"):
            with (staged / file).open("ab") as handle:
                handle.write(f"{number}".encode())
        text = (staged / MANIFEST).read_text("utf-8")
        for file in ("index.html", "shortlists.csv", "longlist.parquet"):
            text = text.replace(sha256_of(source / file), sha256_of(staged / file))
        (staged / MANIFEST).write_text(text, "utf-8")
        publish(staged, runs, started + timedelta(seconds=number))
