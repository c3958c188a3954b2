"""The candidates of a night laid out for matching: one row a candidate, passages beside them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

from data.schema.words import DIMENSIONS
from models.bm25 import Floats, Sparse, bm25_weights, index_terms
from models.evidence import passage_levels
from models.facts import Facts, read_facts
from models.roles import Roles, read_roles
from models.tokens import tokenise
from models.topics import TopicSpace, fit_topics

Ints = NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class Pool:
    """What is known of the candidates as of a date; tables as in the stage schemas.

    `vectors` (passages, d) are the centred passage vectors in the order of `passages`.
    `levels` has candidate_id, dimension, level: how far each candidate shows each dimension of
    adaptability, in [0, 1]. `placements` are those known on `as_of`.
    """

    as_of: date
    candidates: pl.DataFrame
    documents: pl.DataFrame
    passages: pl.DataFrame
    vectors: NDArray[np.float16] | Floats
    experiences: pl.DataFrame | None = None
    levels: pl.DataFrame | None = None
    placements: pl.DataFrame | None = None


@dataclass(frozen=True, kw_only=True)
class LanguageView:
    """The candidates whose CV is in one language, with the terms and topics of that language."""

    language: str
    rows: Ints  # places in the ground's candidates
    topics: TopicSpace
    weights: Sparse  # BM25 (rows, terms)
    profiles: Floats  # (rows, topics): whole CVs
    bounds: Ints  # (rows + 1,): row i owns the passages bounds[i] to bounds[i + 1] of the view
    passages: Ints  # (passages,): rows of pool.passages
    passage_topics: NDArray[np.float16]  # (passages, topics)


@dataclass(frozen=True, kw_only=True)
class Ground:
    """A pool indexed once for all briefs; every array follows `ids`."""

    pool: Pool
    ids: tuple[str, ...]
    places: Mapping[str, int]
    groups: Ints  # (candidates,): number of the CV's language
    views: tuple[LanguageView, ...]
    candidates: pl.DataFrame  # the candidate table in the order of ids
    facts: Facts
    roles: Roles
    levels: Floats  # (candidates, dimensions)
    evidence: NDArray[np.int8]  # (passages,) of pool.passages: evidence level


def lay(pool: Pool) -> Ground:
    """Index `pool`. Candidates without a document are left out; order is by candidate_id."""
    documents = pool.documents.sort("candidate_id")
    ids = tuple(documents["candidate_id"])
    places = {candidate: place for place, candidate in enumerate(ids)}
    languages = documents["language"].to_list()
    known = sorted(set(languages))
    owner = np.array([places.get(c, -1) for c in pool.passages["candidate_id"]], np.int64)
    order = np.lexsort((pool.passages["passage"].to_numpy(), owner))
    order = order[owner[order] >= 0]
    ends = np.cumsum(np.bincount(owner[order], minlength=len(ids)))
    groups = np.array([known.index(language) for language in languages], np.int64)
    candidates = documents.select("candidate_id").join(
        pool.candidates, on="candidate_id", how="left", maintain_order="left"
    )
    texts = documents["text"].to_list()
    owned = np.split(order, ends[:-1])
    return Ground(
        pool=pool,
        ids=ids,
        places=places,
        groups=groups,
        views=tuple(
            _view(pool, texts, owned, np.flatnonzero(groups == number), language)
            for number, language in enumerate(known)
        ),
        candidates=candidates,
        facts=read_facts(candidates),
        roles=read_roles(candidates, pool.experiences, places, pool.as_of),
        levels=_levels(pool.levels, places),
        evidence=passage_levels(pool.passages),
    )


def passage_rows(ground: Ground, view: LanguageView, rows: Ints) -> Floats:
    """Dense and topic vectors (rows, d + topics) of passages of a view, side by side."""
    dense = ground.pool.vectors[view.passages[rows]]
    return np.hstack([dense, view.passage_topics[rows]], dtype=np.float32)


def _view(
    pool: Pool, texts: list[str], owned: list[Ints], rows: Ints, language: str
) -> LanguageView:
    index = index_terms(tokenise(texts[row], language) for row in rows)
    topics = fit_topics(index)
    passages = np.concatenate([owned[row] for row in rows])
    told = pool.passages["text"].gather(passages)
    return LanguageView(
        language=language,
        rows=rows,
        topics=topics,
        weights=bm25_weights(index),
        profiles=topics.place(index.counts),
        bounds=np.concatenate([[0], np.cumsum([len(owned[row]) for row in rows])]),
        passages=passages,
        passage_topics=topics.place(index.query(tokenise(t, language) for t in told)).astype(
            np.float16
        ),
    )


def _levels(levels: pl.DataFrame | None, places: Mapping[str, int]) -> Floats:
    table = np.zeros((len(places), len(DIMENSIONS)), np.float32)
    if levels is not None:
        for candidate, dimension, level in levels.select(
            "candidate_id", "dimension", "level"
        ).iter_rows():
            if candidate in places:
                table[places[candidate], DIMENSIONS.index(dimension)] = level
    return table
