"""How time and memory grow with candidates and briefs, on made pools: a process a size.

python -m pipeline.benchmarks.growth prints tables and writes runs/bench/growth.json; each size runs
alone, so that its peak of memory is its own. CPU seconds of one thread. Memory held is what
the process has to itself; mapped files, which it gives back when others want the room, are not in.
"""

import argparse
import json
import re
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread

import numpy as np
import polars as pl

from models.blend import blend
from models.coverage import top_means
from models.matching import match
from models.weights.champion import brief_weights, read_weights
from pipeline.benchmarks.made import (
    DIMENSION,
    PASSAGES,
    REQUIREMENTS,
    HalfVectors,
    made_asked,
    made_pool,
    unit,
)

_PLAN: Mapping[str, tuple[tuple[int, int], ...]] = {  # what: (candidates, briefs)
    "match": (
        *((candidates, 150) for candidates in (1_000, 5_000, 25_000, 100_000)),
        *((2_000, briefs) for briefs in (10, 100, 1_000)),
    ),
    "score": (
        *((candidates, 150) for candidates in (1_000, 10_000, 25_000, 100_000, 1_000_000)),
        *((10_000, briefs) for briefs in (10, 100, 1_000)),
    ),
}
_BARE = 100_000  # candidates whose bare product is measured at most
Row = dict[str, float | str]


def main(out: Path) -> None:
    """Measure every size of the plan in a process of its own."""
    rows = []
    for what, sizes in _PLAN.items():
        for size in sizes:
            words = [sys.executable, "-m", __spec__.name, what, *map(str, size)]
            answer = subprocess.run(words, check=True, stdout=subprocess.PIPE)  # noqa: S603
            rows.append(json.loads(answer.stdout))
            print(json.dumps(rows[-1]), flush=True)  # noqa: T201
    out.mkdir(parents=True, exist_ok=True)
    (out / "growth.json").write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    with pl.Config(tbl_rows=99, tbl_hide_dataframe_shape=True, tbl_hide_column_data_types=True):
        print(pl.DataFrame(rows))  # noqa: T201


def measure(what: str, candidates: int, briefs: int) -> Row:
    """One size: what it is made of does not count, neither in time nor in memory."""
    with TemporaryDirectory() as folder:
        vectors = HalfVectors(Path(folder) / "vectors.npy", candidates * PASSAGES)
        work = _WORK[what](vectors, candidates, briefs)
        before, started = held(), time.process_time()
        with Watch() as watch:
            told = work()
        seconds = time.process_time() - started
    return {
        "what": what,
        "candidates": candidates,
        "briefs": briefs,
        "cpu_seconds": round(seconds, 2),
        "held_before_mb": before,
        "held_most_mb": watch.most,
        "peak_with_files_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        **told,
    }


def _match(vectors: HalfVectors, candidates: int, briefs: int) -> Callable[[], Row]:
    """Stages 4 and 5 of a night: everything between vectors and the longlist."""
    pool, asked = made_pool(candidates, vectors), made_asked(briefs)
    demand = dict.fromkeys(asked.briefs["brief_id"], 0.5)

    def work() -> Row:
        weights = brief_weights(asked.briefs, demand, read_weights(), {})
        return {"pairs": blend(match(pool, asked), weights).height}

    return work


def _score(vectors: HalfVectors, candidates: int, briefs: int) -> Callable[[], Row]:
    """The best passages alone, beside the bare product of the same rows, read the same way."""
    random = np.random.default_rng(2)
    queries = unit(random.standard_normal((briefs * REQUIREMENTS, DIMENSION), np.float32))
    counts = np.full(candidates, PASSAGES)
    starts, shard = np.arange(candidates) * PASSAGES, 25_000

    def work() -> Row:
        started = time.process_time()
        for first in range(0, candidates, shard):  # what is found of a shard is not kept
            part = slice(first, first + shard)
            top_means(vectors.__getitem__, starts[part], counts[part], queries)
        ours, started = time.process_time() - started, time.process_time()
        out = np.empty((2_000, len(queries)), np.float32)
        few = min(candidates, _BARE)
        for first in range(0, few * PASSAGES, 2_000):
            rows = np.arange(first, min(first + 2_000, few * PASSAGES))
            np.matmul(vectors[rows], queries.T, out=out[: len(rows)])
        bare = (time.process_time() - started) * candidates / few
        ratio = round(ours / max(bare, 1e-9), 3)
        return {"ours": round(ours, 2), "product": round(bare, 2), "ratio": ratio}

    return work


class Watch:
    """The most memory that this process has held to itself, in MB, while it is looked at."""

    def __init__(self) -> None:
        self.most = 0
        self._ended = Event()
        self._thread = Thread(target=self._look, daemon=True)

    def __enter__(self) -> "Watch":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.most = max(self.most, held())
        self._ended.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._ended.is_set():
            self.most = max(self.most, held())
            self._ended.wait(0.02)


def held() -> int:
    """Memory that this process has to itself now, in MB, as Linux tells."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    found = re.search(r"RssAnon:\s+(\d+) kB", status)
    return int(found[1]) // 1024 if found else 0


_WORK: Mapping[str, Callable[[HalfVectors, int, int], Callable[[], Row]]] = {
    "match": _match,
    "score": _score,
}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", nargs="?", choices=_WORK, help="default: the whole plan")
    parser.add_argument("candidates", nargs="?", type=int, default=1_000)
    parser.add_argument("briefs", nargs="?", type=int, default=10)
    asked = parser.parse_args()
    if asked.what:
        print(json.dumps(measure(asked.what, asked.candidates, asked.briefs)))  # noqa: T201
    else:
        main(Path("runs/bench"))
