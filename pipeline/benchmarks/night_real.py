"""A night on CVs and briefs that nobody here wrote, held against people's judgements.

    python -m pipeline.benchmarks.night_real ../shared/datasets [WORK_FOLDER]

Prints ndcg@10, pairwise order and recall@30 beside BM25 and beside the plain encoder.
"""

import sys
import time
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from evaluation.runs import evaluate, summary
from models.bm25 import bm25_weights, index_terms
from models.cache import VectorCache
from models.encoder import load_encoder
from models.tokens import tokenise
from pipeline.benchmarks.real_inbox import judgement_frame, write_real_inbox
from pipeline.journal import open_journal
from pipeline.nightly import Ranking, rank, run_night
from pipeline.settings import Settings

AS_OF = date(2026, 11, 22)
MEASURES = ["ndcg@10", "pairwise", "recall@30"]


def main(data: Path, work: Path) -> None:
    """Run the night, measure it and the two baselines, print the table."""
    if not data.is_dir():
        print("skipped: no ../shared")  # noqa: T201
        return
    settings, journal = Settings(), open_journal()
    write_real_inbox(data, work / "inbox")
    started = time.perf_counter()
    published = run_night(work / "inbox", work / "runs", settings, AS_OF, journal)
    seconds = time.perf_counter() - started
    ranking = rank(work / "inbox", work / "runs", settings, AS_OF, journal)
    judgements = judgement_frame(data)
    runs = {
        "briefmatch": pl.read_parquet(published.folder / "longlist.parquet"),
        "BM25": bm25_run(ranking),
        "plain encoder": encoder_run(ranking, settings, work / "runs"),
    }
    tables = []
    for name, run in runs.items():
        condensed = evaluate(run, judgements, MEASURES[:2])
        full = evaluate(run, judgements, MEASURES[2:], condensed=False)
        both = condensed.join(full, on="brief_id", maintain_order="left")
        tables.append(summary(both).select(pl.lit(name).alias("run"), pl.all()))
    with pl.Config(tbl_rows=20, tbl_hide_dataframe_shape=True, tbl_hide_column_data_types=True):
        print(pl.concat(tables))  # noqa: T201
    print(f"{published.folder} in {seconds:.0f} s")  # noqa: T201


def bm25_run(ranking: Ranking) -> pl.DataFrame:
    """BM25 of the brief's requirements over whole CVs, nothing else."""
    documents = ranking.reading.documents
    index = index_terms(tokenise(text, "en") for text in documents["text"])
    queries = [
        [term for text in part["text"] for term in tokenise(text, part["language"][0])]
        for _, part in _by_brief(ranking.requirements)
    ]
    scores = (bm25_weights(index) @ index.query(queries).T).toarray()
    return _run(ranking.requirements, documents["candidate_id"], scores.T)


def encoder_run(ranking: Ranking, settings: Settings, runs: Path) -> pl.DataFrame:
    """The encoder as it comes: best passage of each requirement, the mean over requirements."""
    encoder = load_encoder(settings.encoder)
    cache = VectorCache(runs / "cache" / "vectors", encoder.id, encoder.dimension)
    passages = ranking.reading.passages
    rows = np.asarray(cache.embed(passages["text"].to_list(), encoder, "passage"), np.float32)
    asked = np.asarray(
        cache.embed(ranking.requirements["text"].to_list(), encoder, "query"), np.float32
    )
    near = pl.DataFrame(rows @ asked.T).with_columns(candidate_id=passages["candidate_id"])
    best = near.group_by("candidate_id", maintain_order=True).max()
    scores = best.drop("candidate_id").to_numpy().T
    of = ranking.requirements["brief_id"].to_numpy()
    means = [scores[of == brief].mean(axis=0) for brief, _ in _by_brief(ranking.requirements)]
    return _run(ranking.requirements, best["candidate_id"], np.array(means))


def _by_brief(requirements: pl.DataFrame) -> list[tuple[str, pl.DataFrame]]:
    groups = requirements.group_by("brief_id", maintain_order=True)
    return [(str(brief), part) for (brief,), part in groups]


def _run(requirements: pl.DataFrame, ids: pl.Series, scores: np.ndarray) -> pl.DataFrame:
    briefs = [brief for brief, _ in _by_brief(requirements)]
    return pl.concat(
        pl.DataFrame({"candidate_id": ids, "score": row.astype(np.float64)}).select(
            pl.lit(brief).alias("brief_id"), pl.all()
        )
        for brief, row in zip(briefs, scores, strict=True)
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2] if len(sys.argv) > 2 else "runs/real"))
