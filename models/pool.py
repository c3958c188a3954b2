"""The candidates of a night laid out for matching: one row a candidate, passages beside them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from typing import Protocol

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from data.schema.words import DIMENSIONS
from data.text.dates import undated
from models.bm25 import Floats, Sparse, bm25_weights, index_terms, regrouped
from models.echoes import Echoes, kept_passages, laid_out, repeating_passages
from models.evidence import WEIGHTS, passage_levels
from models.facts import Facts, read_facts
from models.roles import Roles, read_roles
from models.tokens import tokenise
from models.topics import TopicSpace, fit_topics, windows

Ints = NDArray[np.int64]
_USUAL = ("summary", "skills", "experience", "projects", "education", "certifications", "languages")


class Vectors(Protocol):
    """Vectors (passages, d), in memory or fetched from the disk as they are asked for."""

    def __getitem__(self, rows: Ints, /) -> NDArray[np.floating]:
        """The vectors (n, d) of these passages, in their order."""
        ...


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
    vectors: Vectors
    experiences: pl.DataFrame | None = None
    levels: pl.DataFrame | None = None
    placements: pl.DataFrame | None = None


@dataclass(frozen=True, kw_only=True)
class Ground:
    """A pool indexed once for all briefs; candidates follow `ids`, passages follow `passages`."""

    pool: Pool
    ids: tuple[str, ...]
    places: Mapping[str, int]
    languages: tuple[str, ...]
    groups: Ints  # (candidates,): place of the CV's language in `languages`
    passages: Ints  # (passages,): rows of pool.passages, by candidate and passage
    bounds: Ints  # (candidates + 1,): candidate i owns passages bounds[i] to bounds[i + 1]
    evidence: NDArray[np.int8]  # (passages,): evidence level
    terms: Sparse  # (passages, terms): how often each stands there
    echoes: tuple[Echoes, ...]  # of every wording that the pool was laid out for
    topics: TopicSpace
    profiles: Floats  # (candidates, topics): whole CVs
    words: Sparse  # (terms, candidates): BM25 weights of whole CVs
    candidates: pl.DataFrame  # the candidate table in the order of `ids`
    facts: Facts
    roles: Roles
    levels: Floats  # (candidates, dimensions)
    telling: Callable[[tuple[str, ...]], Mapping[str, NDArray[np.bool_]]]  # `telling` of the CVs

    def rows(self, language: str) -> Ints:
        """The candidates whose CV is in `language`."""
        return np.flatnonzero(self.groups == self.languages.index(language))

    def fetch(self, passages: Ints) -> Floats:
        """Dense and topic vectors (n, d + topics) of some passages, as long as their evidence."""
        dense = self.pool.vectors[self.passages[passages]]
        topics = self.topics.place(self.terms[passages]).astype(np.float16)  # as exact as `dense`
        both = np.hstack([dense, topics], dtype=np.float32)
        both *= WEIGHTS[self.evidence[passages]][:, None]
        return both

    def profiles_without(self, echoes: Echoes) -> Floats:
        """`profiles`, less the passages that repeat a brief."""
        if not echoes:
            return self.profiles
        kept, starts, _ = laid_out(echoes)
        parts = (np.ones(len(kept), np.float32), kept, np.append(starts, len(kept)))
        terms = csr_matrix(parts, (len(starts), len(self.passages))) @ self.terms
        terms.sort_indices()
        result = self.profiles.copy()
        result[list(echoes)] = self.topics.place(terms)
        return result


def lay(pool: Pool, wordings: Sequence[tuple[Sequence[str], str]] = ()) -> Ground:
    """Index `pool`. Candidates without a document are left out; order is by candidate_id.

    `wordings`: texts and language of every brief; what repeats one teaches the topics nothing.
    """
    documents = pool.documents.sort("candidate_id")
    ids = tuple(documents["candidate_id"])
    places = {candidate: place for place, candidate in enumerate(ids)}
    spoken = documents["language"].to_list()
    languages = tuple(sorted(set(spoken)))
    owner = np.array([places.get(c, -1) for c in pool.passages["candidate_id"]], np.int64)
    passages = np.lexsort((pool.passages["passage"].to_numpy(), owner))
    passages = passages[owner[passages] >= 0]
    owner = owner[passages]
    texts = pool.passages["text"].gather(passages)
    index = index_terms(
        tokenise(undated(text), spoken[row]) for text, row in zip(texts, owner, strict=True)
    )
    repeats = [repeating_passages(index, owner, *wording, languages) for wording in wordings]
    silent = np.concatenate([np.zeros(0, np.int64), *repeats])
    topics = fit_topics(windows(index, owner, _usual_places(pool, passages), silent))
    bounds = np.concatenate([[0], np.cumsum(np.bincount(owner, minlength=len(ids)))])
    counts = regrouped(index, owner, len(ids)).counts
    candidates = documents.select("candidate_id").join(
        pool.candidates, on="candidate_id", how="left", maintain_order="left"
    )
    return Ground(
        pool=pool,
        ids=ids,
        places=places,
        languages=languages,
        groups=np.array([languages.index(language) for language in spoken], np.int64),
        passages=passages,
        bounds=bounds,
        evidence=passage_levels(pool.passages)[passages],
        terms=index.counts,
        echoes=tuple(kept_passages(rows, bounds) for rows in repeats),
        topics=topics,
        profiles=topics.place(counts),
        words=bm25_weights(counts).T.tocsr(),
        candidates=candidates,
        facts=read_facts(candidates),
        roles=read_roles(candidates, pool.experiences, places, pool.as_of),
        levels=_levels(pool.levels, places),
        telling=cache(partial(telling, documents["text"])),
    )


def _usual_places(pool: Pool, passages: Ints) -> Ints:
    """Where the section of each passage usually stands: its own order in a CV must not matter."""
    place = {section: number for number, section in enumerate(_USUAL)}
    sections = pool.passages["section"].gather(passages)
    return np.array([place.get(section, len(_USUAL)) for section in sections], np.int64)


def telling(texts: pl.Series, patterns: tuple[str, ...]) -> Mapping[str, NDArray[np.bool_]]:
    """Of each pattern which of the texts (texts,), folded, hold it."""
    folded = texts.str.to_lowercase().str.normalize("NFKD").str.replace_all(r"\p{M}", "")
    return {
        pattern: np.asarray(folded.str.contains(pattern).to_numpy(), np.bool_)
        for pattern in patterns
    }


def _levels(levels: pl.DataFrame | None, places: Mapping[str, int]) -> Floats:
    table = np.zeros((len(places), len(DIMENSIONS)), np.float32)
    if levels is not None:
        known = levels.select("candidate_id", "dimension", "level")
        for candidate, dimension, level in known.iter_rows():
            if candidate in places:
                table[places[candidate], DIMENSIONS.index(dimension)] = level
    return table
