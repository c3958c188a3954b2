"""The seam between the stages and the machines that run them.

A stage is a function that makes one output file from one input file. An engine only schedules:
what is finished is never done again, and a file counts as finished when it bears its final name.
"""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from pathlib import Path
from typing import TypeAlias

FileStage: TypeAlias = Callable[[Path, Path], None]


def map_files(
    stage: FileStage,
    files: Sequence[Path],
    folder: Path,
    *,
    workers: int = 1,
    done: Callable[[Path], None] = lambda file: None,
) -> list[Path]:
    """Run `stage(input, output)` for every file and give the outputs, in the order of the files.

    An output has its input's name and lies in `folder`; it is written under another name and
    renamed into place, so a killed run leaves whole files only, and the next one goes on there.

    Args:
        stage: a module-level function (or a partial of one): it must travel to another process.
        files: inputs with names of their own.
        folder: where the outputs go; made when missing.
        workers: processes at once; with 1 everything runs in this process.
        done: called with every input file that is finished, also before this call.

    Raises:
        ExceptionGroup: one error for every file whose stage failed; the other files are finished.
    """
    folder.mkdir(parents=True, exist_ok=True)
    outputs = [folder / file.name for file in files]
    missing: list[tuple[Path, Path]] = []
    for source, output in zip(files, outputs, strict=True):
        if output.exists():
            done(source)
        else:
            missing.append((source, output))
    failures: list[Exception] = []
    if workers == 1 or len(missing) < 2:
        for source, output in missing:
            try:
                _finish(stage, source, output)
            except Exception as error:  # one file must not stop the others
                failures.append(_named(error, source))
            else:
                done(source)
    else:
        # A fresh interpreter a worker: a forked one inherits locks and thread pools mid-flight.
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            futures = {pool.submit(_finish, stage, i, o): i for i, o in missing}
            for future in as_completed(futures):
                if failure := _failure(future):
                    failures.append(_named(failure, futures[future]))
                else:
                    done(futures[future])
    if failures:
        raise ExceptionGroup(f"{len(failures)} of {len(files)} files failed", failures)
    return outputs


def _finish(stage: FileStage, source: Path, output: Path) -> None:
    part = output.with_name(f".{output.name}.{os.getpid()}.part")
    try:
        stage(source, part)
        os.replace(part, output)
    finally:
        part.unlink(missing_ok=True)


def _failure(future: Future[None]) -> Exception | None:
    error = future.exception()
    if isinstance(error, BrokenProcessPool):
        return RuntimeError("a worker process died; run again to go on with what is left")
    return error if isinstance(error, Exception) else None


def _named(error: Exception, source: Path) -> Exception:
    error.add_note(f"while working on {source}")
    return error
