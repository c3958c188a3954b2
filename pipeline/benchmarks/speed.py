"""How fast the two costly steps are, each beside its plain counterpart in the same run.

`make bench` prints a table and writes `runs/bench.json`. CPU seconds, since a shared machine's wall
clock tells of its neighbours; the ratio is what counts.
"""

import json
import platform
import resource
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import polars as pl

from data.agency import write_agency
from data.cv.frames import read_cvs
from models.coverage import top_means
from models.encoder import EncoderSettings, load_encoder

_PASSAGES = 300
_CANDIDATES, _EACH, _QUERIES, _DIMENSION = 5_000, 15, 400, 384
Row = Mapping[str, float | str]


def main(out: Path = Path("runs/bench.json")) -> None:
    """Run both comparisons, print them and write them as JSON."""
    rows = [embedding(), scoring()]
    record = {
        "machine": platform.processor() or platform.machine(),
        "python": platform.python_version(),
        "peak_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "rows": rows,
    }
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
    with pl.Config(
        tbl_hide_dataframe_shape=True, tbl_hide_column_data_types=True, fmt_str_lengths=60
    ):
        print(pl.DataFrame(rows))  # noqa: T201


def embedding() -> Row:
    """Passages of simulated CVs: the default encoder beside SentenceTransformer.encode, float32."""
    texts = _passages()
    fast = load_encoder(EncoderSettings())
    plain = load_encoder(EncoderSettings(backend="torch", batch_size=32))
    near = (fast.encode(texts[:64], kind="passage") * plain.encode(texts[:64], kind="passage")).sum(
        axis=1
    )
    ours = _cpu_seconds(lambda: fast.encode(texts, kind="passage"))
    theirs = _cpu_seconds(lambda: plain.encode(texts, kind="passage"))
    return {
        "step": f"embed {len(texts)} passages (cosine {near.mean():.4f})",
        "beside": "SentenceTransformer, float32",
        "cpu_seconds": ours,
        "beside_cpu_seconds": theirs,
        "ratio": round(theirs / ours, 2),
    }


def scoring() -> Row:
    """Best passages of every candidate for every requirement, beside one product of that size."""
    random = np.random.default_rng(0)
    passages = random.normal(size=(_CANDIDATES * _EACH, _DIMENSION)).astype(np.float32)
    queries = random.normal(size=(_QUERIES, _DIMENSION)).astype(np.float32)
    counts = np.full(_CANDIDATES, _EACH)
    starts = np.cumsum(counts) - counts
    ours = _cpu_seconds(lambda: top_means(lambda rows: passages[rows], starts, counts, queries))
    theirs = _cpu_seconds(lambda: passages @ queries.T)
    return {
        "step": f"score {_CANDIDATES} x {_EACH} passages, {_QUERIES} requirements",
        "beside": "one float32 product",
        "cpu_seconds": ours,
        "beside_cpu_seconds": theirs,
        "ratio": round(theirs / ours, 2),
    }


def _passages() -> list[str]:
    with TemporaryDirectory() as folder:
        write_agency(Path(folder), candidates=60, briefs=1, history_years=0.0)
        table = pl.read_csv(Path(folder) / "candidates.csv", infer_schema=False)
    texts = table.select("candidate_id", text="cv_text").drop_nulls()
    _, passages, _ = read_cvs(texts)
    return passages["text"].unique(maintain_order=True).to_list()[:_PASSAGES]


def _cpu_seconds(work: Callable[[], object]) -> float:
    work()  # once for the caches
    started = time.process_time()
    work()
    return round(time.process_time() - started, 2)


if __name__ == "__main__":
    main()
