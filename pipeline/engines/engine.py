"""The seam between the stages and the machines that run them.

A stage is a function that makes one output file from one input file. An engine only schedules:
what is finished is never done again, and a file counts as finished when it bears its final name.
"""

import os
import uuid
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Final, Protocol, TypeAlias

FileStage: TypeAlias = Callable[[Path, Path], None]
Pair: TypeAlias = tuple[Path, Path]  # input, output
Outcome: TypeAlias = tuple[Pair, BaseException | None]

DIED: Final = "the process that worked on it died, each time"


class Engine(Protocol):
    """Who runs a stage on many files."""

    def run(self, stage: FileStage, pairs: Sequence[Pair]) -> Iterator[Outcome]:
        """Call `finish(stage, input, output)` for every pair; give each as it ends.

        What went wrong with one pair must not keep the others from being finished.
        """
        ...


@dataclass(frozen=True, kw_only=True)
class LocalEngine:
    """Processes of this machine; with one worker everything runs in this process."""

    workers: int = 1

    def run(self, stage: FileStage, pairs: Sequence[Pair]) -> Iterator[Outcome]:
        """As `Engine.run`; a file that kills its process is tried once more in one of its own."""
        if self.workers == 1 or len(pairs) < 2:
            for pair in pairs:
                yield pair, _error(stage, pair)
            return
        lost = []
        for pair, error in _in_processes(stage, pairs, self.workers):
            if isinstance(error, BrokenProcessPool):  # it, or a neighbour, killed the process
                lost.append(pair)
            else:
                yield pair, error
        for pair in lost:
            for _, error in _in_processes(stage, [pair], 1):
                died = isinstance(error, BrokenProcessPool)
                yield pair, RuntimeError(DIED) if died else error


HERE: Final = LocalEngine()


def map_files(
    stage: FileStage,
    files: Sequence[Path],
    folder: Path,
    *,
    engine: Engine = HERE,
    done: Callable[[Path], None] = lambda file: None,
    failed: Callable[[Path, Exception], None] | None = None,
) -> list[Path]:
    """Run `stage(input, output)` for every file and give the outputs, in the order of the files.

    An output has its input's name and lies in `folder`; it is written under another name and
    renamed into place, so a killed run leaves whole files only, and the next one goes on there.

    Args:
        stage: a module-level function (or a partial of one): it must travel to another process.
        files: inputs with names of their own.
        folder: where the outputs go; made when missing.
        engine: who runs it.
        done: called with every input file that is finished, also before this call.
        failed: called with every input file whose stage failed, and why.

    Raises:
        ExceptionGroup: without `failed`, one error for every file whose stage failed; the other
            files are finished.
    """
    folder.mkdir(parents=True, exist_ok=True)
    outputs = [folder / file.name for file in files]
    missing: list[Pair] = []
    for source, output in zip(files, outputs, strict=True):
        if output.exists():
            done(source)
        else:
            missing.append((source, output))
    failures: list[Exception] = []
    for (source, _), error in engine.run(stage, missing):
        if error is None:
            done(source)
        elif not isinstance(error, Exception):
            raise error
        elif failed:
            failed(source, error)
        else:
            error.add_note(f"while working on {source}")
            failures.append(error)
    if failures:
        raise ExceptionGroup(f"{len(failures)} of {len(files)} files failed", failures)
    return outputs


def finish(stage: FileStage, source: Path, output: Path) -> None:
    """Run the stage on one file; the output bears its name only when it is whole."""
    part = output.with_name(f".{output.name}.{uuid.uuid4().hex}.part")
    try:
        stage(source, part)
        os.replace(part, output)
    finally:
        part.unlink(missing_ok=True)


def _error(stage: FileStage, pair: Pair) -> Exception | None:
    try:
        finish(stage, *pair)
    except Exception as error:  # the engine's caller hears of it
        return error
    return None


def _in_processes(stage: FileStage, pairs: Sequence[Pair], workers: int) -> Iterator[Outcome]:
    # A fresh interpreter a worker: a forked one inherits locks and thread pools mid-flight.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        futures = {pool.submit(finish, stage, *pair): pair for pair in pairs}
        for future in as_completed(futures):
            yield futures[future], future.exception()
