"""All trials with their counts: `make trust`, or `python -m pipeline.trials NAME --share 0.1`."""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final, TypeAlias

from pipeline.trials import (
    attackers,
    canaries,
    conservation,
    erasures,
    exports,
    faults,
    inputs,
    patterns,
    rot,
    tampering,
    together,
    twins,
)
from pipeline.trials.count import Count

Trial: TypeAlias = Callable[[Path, float], Iterator[Count]]
_SEED = 20261122


def _of(whole: int, share: float) -> int:
    return max(1, round(whole * share))


def _step(share: float) -> int:
    return max(1, round(1 / share))


def _kills(folder: Path, share: float) -> Iterator[Count]:
    stage = faults.set_stage(folder)
    yield faults.random_kills(stage, kills=_of(300, share), seed=_SEED)
    yield faults.kill_at_every_call(stage, step=_step(share))


def _failures(folder: Path, share: float) -> Iterator[Count]:
    yield faults.fail_every_call(faults.set_stage(folder), step=_step(share))


def _together(folder: Path, share: float) -> Iterator[Count]:
    stage = faults.set_stage(folder)
    yield together.runs_at_once(stage, runs=2, rounds=_of(20, share))
    yield together.runs_at_once(stage, runs=8, rounds=_of(20, share))
    yield together.commands_refused(stage, commands=_of(10, share))
    yield together.dead_holders(stage, deaths=_of(10, share))
    yield together.reads_during_publishes(stage, reads=_of(10_000, share))


def _rot(folder: Path, share: float) -> Iterator[Count]:
    yield rot.bit_flips(faults.set_stage(folder), flips=_of(100, share), seed=_SEED)


def _nights(folder: Path, share: float) -> Iterator[Count]:
    faults.warm_up()
    yield conservation.conserved_nights(folder, nights=_of(30, share), seed=_SEED)


def _audit(folder: Path, share: float) -> Iterator[Count]:
    yield from tampering.tamperings(folder, each=_of(250, share), seed=_SEED)


def _erasures(folder: Path, share: float) -> Iterator[Count]:
    yield erasures.killed_erasures(faults.set_stage(folder), kills=_of(50, share), seed=_SEED)


def _inputs(folder: Path, share: float) -> Iterator[Count]:
    yield from inputs.malformed_inputs(folder, each=_of(25, share), seed=_SEED)


def _canaries(folder: Path, share: float) -> Iterator[Count]:
    yield from canaries.canaries(folder, cvs=_of(1000, share), seed=_SEED)


def _twins(folder: Path, share: float) -> Iterator[Count]:
    yield from twins.near_duplicates(folder, pairs=_of(200, share), seed=_SEED)


def _exports(folder: Path, share: float) -> Iterator[Count]:
    yield from exports.hostile_texts(folder, nights=_of(60, share))


def _patterns(folder: Path, share: float) -> Iterator[Count]:
    yield patterns.pattern_trials()


def _attackers(folder: Path, share: float) -> Iterator[Count]:
    pool, each = _of(1000, share), _of(4, share)
    yield from attackers.attacks_on_real_cvs(folder, pool=pool, each=each, seed=_SEED)


TRIALS: Final[Mapping[str, Trial]] = {
    "audit": _audit,
    "patterns": _patterns,
    "attackers": _attackers,
    "inputs": _inputs,
    "exports": _exports,
    "canaries": _canaries,
    "twins": _twins,
    "rot": _rot,
    "together": _together,
    "nights": _nights,
    "erasures": _erasures,
    "failures": _failures,
    "kills": _kills,
}


def main() -> None:
    """Run the trials that are named, or all; exit code 1 when something did not hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*TRIALS, []], help="which trials; default all")
    parser.add_argument("--share", type=float, default=1.0, help="of the full counts; default 1")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="briefmatch-") as scratch:
        if "LD_PRELOAD" not in os.environ:  # once more, with the counter of calls loaded first
            again = [sys.executable, "-m", "pipeline.trials", *sys.argv[1:]]
            environment = faults.preloaded(Path(scratch))
            sys.exit(subprocess.run(again, env=environment).returncode)  # noqa: S603 - ourselves
        failed = False
        for name in chosen.names or TRIALS:
            folder = Path(scratch) / name
            folder.mkdir()
            begun = time.monotonic()
            for count in TRIALS[name](folder, chosen.share):
                print(count, flush=True)  # noqa: T201 - this is what it is for
                failed |= not count.passes
            print(f"    {name}: {time.monotonic() - begun:.0f} s", flush=True)  # noqa: T201
        sys.exit(failed)


if __name__ == "__main__":
    main()
