"""What the ranking is held against: BM25 alone, and the encoder as it comes."""

import numpy as np
import polars as pl
from numpy.typing import NDArray

from models.bm25 import bm25_weights, index_terms
from models.encoder import Encoder
from models.tokens import tokenise
from pipeline.nightly import Ranking


def bm25_run(ranking: Ranking) -> pl.DataFrame:
    """BM25 of a brief's requirements over whole CVs: brief_id, candidate_id, score."""
    documents = ranking.reading.documents
    index = index_terms(tokenise(text, "en") for text in documents["text"])
    queries = [
        [term for row in part.iter_rows(named=True) for term in tokenise(row["text"], "en")]
        for _, part in _by_brief(ranking.requirements)
    ]
    scores = (bm25_weights(index.counts) @ index.query(queries).T).toarray()
    return _run(ranking.requirements, documents["candidate_id"], scores.T)


def encoder_run(ranking: Ranking, encoder: Encoder) -> pl.DataFrame:
    """Plain cosine: the best passage of each requirement, the mean over requirements."""
    passages = ranking.reading.passages
    rows = encoder.encode(passages["text"].to_list(), kind="passage")
    asked = encoder.encode(ranking.requirements["text"].to_list(), kind="query")
    near = pl.DataFrame(rows @ asked.T).with_columns(candidate_id=passages["candidate_id"])
    best = near.group_by("candidate_id", maintain_order=True).max()
    scores = best.drop("candidate_id").to_numpy().T  # (requirements, candidates)
    of = ranking.requirements["brief_id"].to_numpy()
    means = [scores[of == brief].mean(axis=0) for brief, _ in _by_brief(ranking.requirements)]
    return _run(ranking.requirements, best["candidate_id"], np.array(means))


def _by_brief(requirements: pl.DataFrame) -> list[tuple[str, pl.DataFrame]]:
    groups = requirements.group_by("brief_id", maintain_order=True)
    return [(str(brief), part) for (brief,), part in groups]


def _run(requirements: pl.DataFrame, ids: pl.Series, scores: NDArray[np.floating]) -> pl.DataFrame:
    briefs = [brief for brief, _ in _by_brief(requirements)]
    return pl.concat(
        pl.DataFrame({"candidate_id": ids, "score": row.astype(np.float64)}).select(
            pl.lit(brief).alias("brief_id"), pl.all()
        )
        for brief, row in zip(briefs, scores, strict=True)
    )
