"""What a night says while it goes, for a person, a log file or a machine."""

import json
import logging
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

Advance = Callable[[int], None]
_EVERY = 60  # seconds between two words on one stage
_SPEED_OVER = 600  # seconds that a bar takes its speed from: a step may take half a minute


class Voice(Protocol):
    """How a journal is heard."""

    def begin(self, stage: str, total: int | None) -> Advance:
        """A stage starts; the result is called with the units done since the last call."""

    def end(self, stage: str, seconds: float) -> None:
        """The stage is finished."""

    def say(self, level: str, message: str) -> None:
        """A remark beside the stages; level is `info` or `warning`."""


@dataclass
class Journal:
    """Stages with their seconds, and warnings, as they come; a voice makes them heard."""

    voice: Voice
    seconds: dict[str, float] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)

    @contextmanager
    def stage(self, name: str, total: int | None = None) -> Iterator[Advance]:
        """Time one stage; gives the function that tells its progress."""
        started = time.perf_counter()
        yield self.voice.begin(name, total)
        self.seconds[name] = round(time.perf_counter() - started, 3)
        self.voice.end(name, self.seconds[name])

    def info(self, message: str) -> None:
        """Say something that needs no action."""
        self.voice.say("info", message)

    def warn(self, message: str) -> None:
        """Say, and keep for the manifest, something that somebody should look at."""
        self.warnings.append(message)
        self.voice.say("warning", message)


class Pace:
    """Tells at most once a minute how far a stage has come and how many seconds are left.

    What is reported first was there before the stage began, and says nothing of its speed.
    """

    def __init__(self, total: int | None, tell: Callable[[int, float], None]) -> None:
        self._total = total
        self._tell = tell
        self._done = 0
        self._known: int | None = None
        self._began = self._told = time.monotonic()

    def __call__(self, units: int) -> None:
        """So many units more are done."""
        self._done += units
        now = time.monotonic()
        if self._known is None:
            self._known, self._began = self._done, now
        elif self._total is not None and self._done > self._known and now - self._told >= _EVERY:
            pace = (now - self._began) / (self._done - self._known)
            self._tell(self._done, pace * (self._total - self._done))
            self._told = now


class Lines:
    """Plain lines on standard error: what cron mails and Airflow shows."""

    def begin(self, stage: str, total: int | None) -> Advance:
        """Announce the stage; while it lasts, tell when it may end."""
        print(f"{stage} ...", file=sys.stderr, flush=True)  # noqa: T201

        def tell(done: int, left: float) -> None:
            end = datetime.now().astimezone() + timedelta(seconds=left)
            until = f"until about {end:%Y-%m-%d %H:%M}"
            print(f"{stage}: {done} of {total}, {until}", file=sys.stderr, flush=True)  # noqa: T201

        return Pace(total, tell)

    def end(self, stage: str, seconds: float) -> None:
        """Tell how long it took."""
        print(f"{stage}: {seconds:.1f} s", file=sys.stderr, flush=True)  # noqa: T201

    def say(self, level: str, message: str) -> None:
        """One line a remark."""
        prefix = "warning: " if level == "warning" else ""
        print(f"{prefix}{message}", file=sys.stderr, flush=True)  # noqa: T201


class JsonLines:
    """One JSON object a line on standard error, for machines."""

    def begin(self, stage: str, total: int | None) -> Advance:
        """An object with event `begin`, then now and then one with event `progress`."""
        self._write(event="begin", stage=stage, total=total)

        def tell(done: int, left: float) -> None:
            told = {"stage": stage, "done": done, "total": total, "seconds_left": round(left)}
            self._write(event="progress", **told)

        return Pace(total, tell)

    def end(self, stage: str, seconds: float) -> None:
        """An object with event `end` and the seconds."""
        self._write(event="end", stage=stage, seconds=seconds)

    def say(self, level: str, message: str) -> None:
        """An object with event `info` or `warning`."""
        self._write(event=level, message=message)

    def _write(self, **record: object) -> None:
        print(json.dumps(record, ensure_ascii=False), file=sys.stderr, flush=True)  # noqa: T201


class Bars:
    """Progress bars on a terminal."""

    def __init__(self) -> None:
        self._console = Console(stderr=True)
        self._progress: Progress | None = None

    def begin(self, stage: str, total: int | None) -> Advance:
        """Show a bar for the stage."""
        progress = Progress(
            TextColumn("{task.description:<28}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(elapsed_when_finished=True),
            console=self._console,
            speed_estimate_period=_SPEED_OVER,
        )
        progress.start()
        self._progress = progress
        task = progress.add_task(stage, total=total)
        return lambda units: progress.advance(task, units)

    def end(self, stage: str, seconds: float) -> None:
        """Fill the bar and leave it on the screen."""
        if self._progress is not None:
            for task in self._progress.tasks:
                total = task.total if task.total is not None else 1
                self._progress.update(task.id, total=total, completed=total)
            self._progress.stop()
            self._progress = None

    def say(self, level: str, message: str) -> None:
        """Print above the bar."""
        style = "yellow" if level == "warning" else None
        self._console.print(message, style=style, markup=False, highlight=False)


class Silence:
    """Nothing at all: for stages that run inside a stage."""

    def begin(self, stage: str, total: int | None) -> Advance:
        """Nobody watches."""
        return lambda units: None

    def end(self, stage: str, seconds: float) -> None:
        """Nobody asked."""

    def say(self, level: str, message: str) -> None:
        """Nobody hears."""


def open_journal(*, as_json: bool = False) -> Journal:
    """The journal that fits where standard error goes; library warnings are heard through it."""
    voice: Voice = JsonLines() if as_json else Bars() if sys.stderr.isatty() else Lines()
    journal = Journal(voice)
    logging.basicConfig(handlers=[_Forward(journal)], level=logging.WARNING, force=True)
    return journal


class _Forward(logging.Handler):
    def __init__(self, journal: Journal) -> None:
        super().__init__()
        self._journal = journal

    def emit(self, record: logging.LogRecord) -> None:
        self._journal.warn(record.getMessage())
