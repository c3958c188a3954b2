"""Nights that are killed or whose disk fails: what readers see stays one whole night.

The process that runs this preloads `faults.c`, which counts the calls that change the runs folder
and lets the Nth fail or kill; each night runs in a forked child.
"""

import ctypes
import errno
import os
import random
import shutil
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from data.places import find_place
from data.text.language import detect_language
from models.adaptability.saved import load_reader
from models.lexicon.words import load_lexicon
from pipeline.audit.log import verify
from pipeline.export.html import page_environment
from pipeline.nights.folders import CURRENT, MANIFEST
from pipeline.nights.integrity import is_whole
from pipeline.nights.manifest import file_hashes
from pipeline.trials.count import Count
from pipeline.trials.world import WordEncoder, publish_night, write_inbox

ERRORS = (errno.ENOSPC, errno.EIO, errno.EACCES)
_NEVER = 1 << 40
_TELLS_TIME = (MANIFEST, "report.html")


def preloaded(scratch: Path) -> dict[str, str]:
    """The environment in which trials of faults run; builds the counter of calls by gcc.

    Raises:
        FileNotFoundError: there is no gcc.
    """
    library = scratch / "faults.so"
    source = Path(__file__).with_name("faults.c")
    subprocess.run(  # noqa: S603 - our own source
        ["gcc", "-O1", "-shared", "-fPIC", "-o", str(library), str(source), "-ldl"],  # noqa: S607
        check=True,
    )
    single = {"OMP_NUM_THREADS": "1", "POLARS_MAX_THREADS": "1"}
    return {**os.environ, **single, "LD_PRELOAD": str(library)}


@dataclass(frozen=True, kw_only=True)
class Stage:
    """One published night in `before`, and another inbox that the trials publish or fail to."""

    inbox: Path
    before: Path
    runs: Path
    exports: dict[str, str]

    def reset(self) -> str:
        """Bring the runs folder back to the published night; its name."""
        shutil.rmtree(self.runs, ignore_errors=True)
        shutil.copytree(self.before, self.runs, symlinks=True)
        return self.shown()

    def shown(self) -> str:
        """The night that readers see."""
        return (self.runs / CURRENT).resolve().name

    def whole(self) -> bool:
        """Whether readers see one whole night, and the audit log is unbroken."""
        night = (self.runs / CURRENT).resolve()
        return is_whole(self.runs, night) and not _torn(self.runs)

    def resumes(self) -> bool:
        """Whether the next run publishes the same bytes as a night that nothing disturbed."""
        if wait(start(lambda: publish_night(self.inbox, self.runs))) != 0:
            return False
        return exports(self.runs / CURRENT) == self.exports and self.whole()


def set_stage(folder: Path) -> Stage:
    """Publish one night, and learn what an undisturbed night on a changed inbox exports."""
    first, changed, before, runs = (folder / name for name in ("a", "b", "before", "runs"))
    warm_up()

    def prepare() -> None:
        write_inbox(first)
        publish_night(first, before)
        shutil.copytree(first, changed)
        table = (changed / "candidates.csv").read_text("utf-8")
        (changed / "candidates.csv").write_text(table.replace("2018", "2019"), "utf-8")
        shutil.copytree(before, runs, symlinks=True)
        publish_night(changed, runs)

    if wait(start(prepare)) != 0:
        raise RuntimeError("The stage of the trials must be set by undisturbed nights; one failed.")
    return Stage(inbox=changed, before=before, runs=runs, exports=exports(runs / CURRENT))


def warm_up() -> None:
    """Load what every night reads, without polars: its threads would not survive a fork."""
    find_place("BE", "Gent")
    for more in ((), ("pipeline.decisions",)):
        pages = page_environment("en", *more)
        for name in pages.list_templates(["html"]):
            pages.get_template(name)
    load_lexicon()
    load_reader(WordEncoder().id)
    detect_language("een taal om mee te beginnen")


def exports(night: Path) -> dict[str, str]:
    """Hashes of all that a night published, but for what tells the time."""
    hashes = file_hashes(night.resolve())
    return {name: digest for name, digest in hashes.items() if name not in _TELLS_TIME}


def start(work: Callable[[], object], *, nth: int = _NEVER, error: int = 0, at: str = "") -> int:
    """Fork a child that does the work and exits 0, or 1 by an exception; gives its process id.

    With `at` the Nth call that changes this folder fails with `error`, or kills when that is 0.
    """
    child = os.fork()
    if child:
        return child
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())
    try:
        if at:
            arm = ctypes.CDLL(None).fault_arm
            arm(at.encode(), ctypes.c_long(nth), ctypes.c_int(error))
        work()
    except BaseException:
        os._exit(1)
    os._exit(0)


def wait(child: int) -> int:
    """The exit code of a child; negative for the signal that ended it."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def seconds_of(stage: Stage, work: Callable[[], object]) -> float:
    """How long a child takes that nothing disturbs: kills are spread over all of that time."""
    stage.reset()
    begun = time.monotonic()
    if wait(start(work)) != 0:
        raise RuntimeError("Undisturbed work must succeed before it is disturbed; it failed.")
    return time.monotonic() - begun


def random_kills(stage: Stage, *, kills: int, seed: int) -> Count:
    """SIGKILL a night at a random moment, look at what readers see, and run it again."""
    draw, held, done = random.Random(seed), 0, 0  # noqa: S311 - no secret
    lasted = [seconds_of(stage, lambda: publish_night(stage.inbox, stage.runs))]
    while done < kills:
        stage.reset()
        begun = time.monotonic()
        child = start(lambda: publish_night(stage.inbox, stage.runs))
        time.sleep(draw.uniform(0, statistics.median(lasted[-9:])))
        os.kill(child, signal.SIGKILL)
        if wait(child) == 0:  # it had finished already
            lasted.append(min(lasted[-1], time.monotonic() - begun))
            continue
        done += 1
        held += stage.whole() and stage.resumes()
    what = "SIGKILL at a random moment: one whole night is seen, the next run exports the same"
    return Count(what=what, tried=kills, held=held)


def calls(stage: Stage) -> int:
    """How many calls of an undisturbed night change the runs folder."""
    stage.reset()
    seen = stage.runs.with_name("calls")

    def count() -> None:
        publish_night(stage.inbox, stage.runs)
        seen.write_text(str(ctypes.CDLL(None).fault_seen()), "ascii")

    if wait(start(count, at=str(stage.runs.resolve()))) != 0:
        raise RuntimeError("An undisturbed night must publish; it failed.")
    return int(seen.read_text("ascii"))


def kill_at_every_call(stage: Stage, *, step: int = 1) -> Count:
    """SIGKILL a night just before each call that changes the runs folder, and run it again."""
    tried = held = 0
    for nth in range(1, calls(stage) + 1, step):
        stage.reset()
        code = _disturbed(stage, nth, error=0)
        tried += 1
        held += code == -signal.SIGKILL and stage.whole() and stage.resumes()
    return Count(what="SIGKILL before each call that changes the folder", tried=tried, held=held)


def fail_every_call(stage: Stage, *, step: int = 1) -> Count:
    """Let each call in turn fail with ENOSPC, EIO or EACCES: the night ends non-zero, unseen.

    A night may do without a call, such as one that only tidies up: then it is published whole.
    """
    tried = held = spared = 0
    for nth in range(1, calls(stage) + 1, step):
        before = stage.reset()
        code = _disturbed(stage, nth, error=ERRORS[nth % len(ERRORS)])
        unseen = code > 0 and stage.shown() == before
        spared += code == 0
        tried += 1
        held += (unseen or code == 0) and stage.whole() and stage.resumes()
    what = "write, open, fsync, rename, mkdir, unlink failing, each in turn"
    return Count(what=what, tried=tried, held=held, note=f"{spared} were not needed")


def _disturbed(stage: Stage, nth: int, *, error: int) -> int:
    at = str(stage.runs.resolve())
    night = start(lambda: publish_night(stage.inbox, stage.runs), nth=nth, error=error, at=at)
    return wait(night)


def _torn(runs: Path) -> bool:
    """Whether more is wrong with the log than a last line that a kill cut short."""
    problems = verify(runs).problems
    return any("damaged or cut short" not in problem for problem in problems)
