"""How fast the costly steps are, each beside its plain counterpart in the same run.

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
from models.bm25 import bm25_weights, index_terms
from models.coverage import top_means
from models.encoder import EncoderSettings, load_encoder
from pipeline.benchmarks.made import made_texts

_PASSAGES = 300
_CANDIDATES, _EACH, _QUERIES, _DIMENSION, _BLOCK = 5_000, 15, 1_200, 384, 2_000
_TEXTS, _WORDS, _BRIEFS, _ASKED = 5_000, 500, 150, 60
Row = Mapping[str, float | str]


def main(out: Path = Path("runs/bench.json")) -> None:
    """Run every comparison, print them and write them as JSON."""
    rows = [embedding(), scoring(), *words()]
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
    """Best passages of every candidate for every requirement, beside the bare product in blocks.

    The product alone writes its blocks over one another, so it is what no scoring can beat; the
    vectors of both lie in memory.
    """
    random = np.random.default_rng(0)
    passages = random.standard_normal((_CANDIDATES * _EACH, _DIMENSION), np.float32)
    queries = random.standard_normal((_QUERIES, _DIMENSION), np.float32)
    counts = np.full(_CANDIDATES, _EACH)
    starts = np.cumsum(counts) - counts
    out = np.empty((_BLOCK, _QUERIES), np.float32)

    def product() -> None:
        for first in range(0, len(passages), _BLOCK):
            rows = passages[first : first + _BLOCK]
            np.matmul(rows, queries.T, out=out[: len(rows)])

    ours = _cpu_seconds(lambda: top_means(lambda rows: passages[rows], starts, counts, queries))
    theirs = _cpu_seconds(product)
    return {
        "step": f"score {_CANDIDATES} x {_EACH} passages, {_QUERIES} requirements",
        "beside": "the bare float32 product",
        "cpu_seconds": ours,
        "beside_cpu_seconds": theirs,
        "ratio": round(theirs / ours, 2),
    }


def words() -> list[Row]:
    """BM25 of made texts of the length of CVs for 150 briefs, beside bm25s as it comes."""
    import bm25s

    random = np.random.default_rng(0)
    texts = [text.split() for text in made_texts(_TEXTS, _WORDS, random)]
    asked = [text.split() for text in made_texts(_BRIEFS, _ASKED, random)]
    index = index_terms(texts)
    weights = bm25_weights(index.counts)
    other = bm25s.BM25(k1=0.9, b=0.4, method="lucene")
    other.index(texts, show_progress=False)
    scores = (weights @ index.query(asked).T).toarray()
    theirs = other.get_scores(asked[0]) * 1.9  # bm25s leaves out the factor k1 + 1
    largest = np.abs(theirs - scores[:, 0]).max()
    pairs = {
        f"index {_TEXTS} texts of {_WORDS} words (scores differ by {largest:.0e} at most)": (
            lambda: bm25_weights(index_terms(texts).counts),
            lambda: bm25s.BM25(k1=0.9, b=0.4, method="lucene").index(texts, show_progress=False),
        ),
        f"BM25 of all of them for {_BRIEFS} briefs": (
            lambda: (weights @ index.query(asked).T).toarray(),
            lambda: [other.get_scores(terms) for terms in asked],
        ),
    }
    rows: list[Row] = []
    for step, (own, other_way) in pairs.items():
        here, there = _cpu_seconds(own), _cpu_seconds(other_way)
        rows.append(
            {
                "step": step,
                "beside": "bm25s",
                "cpu_seconds": here,
                "beside_cpu_seconds": there,
                "ratio": round(there / here, 2),
            }
        )
    return rows


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
