"""Every pair of a brief and a candidate: components, gates and coverage."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from tempfile import TemporaryFile
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from models.adaptability.score import demand_matrix
from models.bm25 import Floats
from models.components import COMPONENTS
from models.context import Context, tier_weights
from models.coverage import top_means
from models.echoes import Echoes, laid_out
from models.gates import GATES
from models.gates.answers import Gate
from models.gender import neutral
from models.overlap import copied_shares
from models.pool import Ground, Pool, lay
from models.profiles import brief_text, named_words, title_of, whole_cvs, wording
from models.scaling import MET, standardise, to_unit
from models.terms import query_terms

_BLOCK = 4_096  # candidates scored at a time

Linker = Callable[[Sequence[str], Sequence[str]], Floats]
Distances = Callable[[Mapping[str, Any], pl.DataFrame], NDArray[np.float64]]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """The briefs of a night, one version each, and what they ask for.

    `vectors` (requirements, d) and `title_vectors` (briefs, d; of `models.profiles.title_of`) are
    centred like those of the pool. `demand` has brief_id, dimension, demand. `link` gives the
    likeness (titles, titles) of job titles, `distances` the km (candidates,) to a brief's place.
    """

    briefs: pl.DataFrame
    requirements: pl.DataFrame
    vectors: Floats
    demand: pl.DataFrame
    link: Linker
    title_vectors: Floats | None = None
    distances: Distances | None = None


@dataclass(frozen=True, kw_only=True)
class Match:
    """One brief against the pool; arrays follow the candidates of the ground."""

    context: Context
    columns: Sequence[int]  # its rows of the queries: requirements, then title
    components: Mapping[str, Floats]  # each (candidates,)
    gates: Mapping[str, Gate]
    copied: Floats  # (candidates,): share of the brief, or its requirements, found word for word
    echoes: Echoes  # candidates with passages that repeat the brief


@dataclass(frozen=True, kw_only=True)
class Matches:
    """All briefs against the pool; `models.blend` makes the longlist of it."""

    ground: Ground
    by_brief: Mapping[str, Match]
    queries: Mapping[str, Floats]  # per CV language: (requirements, then titles; d + topics)

    def each(self) -> Iterator[tuple[str, "Matches"]]:
        """The briefs one by one, each held alone for as long as it is looked at."""
        for brief_id, one in self.by_brief.items():
            yield brief_id, replace(self, by_brief={brief_id: one})


class Held(Mapping[str, Match]):
    """The matches of the briefs, made when they are looked at; the first `most` are held.

    Briefs are looked at in rounds, where the last seen would be gone before they come again.
    """

    def __init__(self, briefs: Sequence[str], make: Callable[[int], Match], most: int) -> None:
        self._places = {brief_id: place for place, brief_id in enumerate(briefs)}
        self._make = make
        self._most = most
        self._held: dict[str, Match] = {}

    def __getitem__(self, brief_id: str) -> Match:
        if brief_id in self._held:
            return self._held[brief_id]
        one = self._make(self._places[brief_id])
        if len(self._held) < self._most:
            self._held[brief_id] = one
        return one

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


def match(pool: Pool, asked: Asked, *, pairs: int = 2_000_000) -> Matches:
    """Score every candidate of `pool` for every brief.

    Exact: every passage meets every requirement, in blocks of bounded memory, all briefs at once.
    What the best passages give is kept on the disk; the match of a brief is made of it when asked
    for, and made anew where more than `pairs` pairs would be held.
    """
    briefs = list(asked.briefs.iter_rows(named=True))
    requirements = asked.requirements.with_row_index("row")
    by_id = requirements.partition_by("brief_id", as_dict=True)
    told = [wording(brief, by_id[brief["brief_id"],]) for brief in briefs]
    ground = lay(pool, [(own, _language(b)) for own, b in zip(told, briefs, strict=True)])
    queries = {language: _queries(ground, asked, briefs, language) for language in ground.languages}
    similarity = _similarity(ground, queries)
    links = asked.link([neutral(title_of(brief)) for brief in briefs], ground.roles.titles)
    demand = demand_matrix(asked.demand, [brief["brief_id"] for brief in briefs])
    alone = [by_id[brief["brief_id"],]["text"].to_list() for brief in briefs]
    copied = copied_shares([*told, *alone], pool.documents.sort("candidate_id")["text"])
    copied = copied.reshape(2, len(briefs), -1).max(axis=0)

    def one(place: int) -> Match:
        brief = briefs[place]
        own = by_id[brief["brief_id"],]
        columns = [*own["row"], requirements.height + place]
        near = similarity[columns].T
        for language, wanted in queries.items():
            repeating, best = _honest(ground, ground.echoes[place], language, wanted[columns])
            near[repeating] = best
        near = standardise(near, ground.groups)
        context = _context(
            ground, brief, own, near, place, links[place], demand[place], asked.distances
        )
        return Match(
            context=context,
            columns=columns,
            components={name: score(context) for name, score in COMPONENTS.items()},
            gates={name: answer(context) for name, answer in GATES.items()},
            copied=copied[place],
            echoes=ground.echoes[place],
        )

    most = max(1, pairs // max(1, len(ground.ids)))
    held = Held([brief["brief_id"] for brief in briefs], one, most)
    return Matches(ground=ground, by_brief=held, queries=queries)


def _queries(
    ground: Ground, asked: Asked, briefs: Sequence[Mapping[str, Any]], target: str
) -> Floats:
    """Requirements, then titles (requirements + briefs, d + topics): products are mean cosines."""
    texts = list(asked.requirements.select("text", "language").iter_rows())
    texts += [(title_of(brief), _language(brief)) for brief in briefs]
    counts = ground.topics.index.query(
        query_terms(text, language, target) for text, language in texts
    )
    titles = asked.title_vectors
    if titles is None:
        titles = np.zeros((len(briefs), asked.vectors.shape[1]), np.float32)
    dense = np.concatenate([asked.vectors, titles])
    return np.asarray(np.hstack([dense, ground.topics.place(counts)]) / 2, np.float32)


def _similarity(ground: Ground, queries: Mapping[str, Floats]) -> Floats:
    """Of every query to every candidate (queries, candidates), in a file without a name."""
    width = len(next(iter(queries.values()), ()))
    if not (width and ground.ids):
        return np.zeros((width, len(ground.ids)), np.float32)
    result: Floats
    with TemporaryFile() as file:  # the mapping outlives it
        result = np.memmap(file, np.float32, "w+", shape=(width, len(ground.ids)))
    counts = np.diff(ground.bounds)
    for language, wanted in queries.items():
        everybody = ground.rows(language)
        for first in range(0, len(everybody), _BLOCK):
            rows = everybody[first : first + _BLOCK]
            near = top_means(ground.fetch, ground.bounds[rows], counts[rows], wanted)
            result[:, rows] = near.T
    return result


def _honest(
    ground: Ground, echoes: Echoes, language: str, wanted: Floats
) -> tuple[list[int], Floats]:
    """Who of a language repeats the brief, and their similarity by their other passages alone."""
    spoken = ground.languages.index(language)
    own = {place: kept for place, kept in echoes.items() if ground.groups[place] == spoken}
    kept, starts, counts = laid_out(own)
    return list(own), top_means(lambda rows: ground.fetch(kept[rows]), starts, counts, wanted)


def _context(
    ground: Ground,
    brief: Mapping[str, Any],
    requirements: pl.DataFrame,
    near: Floats,
    place: int,
    titles: Floats,
    demand: NDArray[np.float64],
    distances: Distances | None,
) -> Context:
    language = _language(brief)
    coverage = near[:, :-1] @ tier_weights(requirements)
    text = brief_text(brief, requirements)
    profile = whole_cvs(ground, text, language, coverage, ground.echoes[place])
    unknown = np.full(len(ground.ids), np.nan)
    return Context(
        ground=ground,
        brief=brief,
        requirements=requirements,
        coverage=to_unit(near[:, :-1], low=MET[0], high=MET[1]),
        covered=coverage,
        title_passages=near[:, -1],
        profile=profile,
        sector=named_words(ground, brief.get("sector") or "", language),
        titles=titles,
        demand=demand.astype(np.float32),
        distances=unknown if distances is None else distances(brief, ground.candidates),
    )


def _language(brief: Mapping[str, Any]) -> str:
    return brief.get("language") or "en"
