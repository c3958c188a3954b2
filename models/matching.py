"""Every eligible pair of a brief and a candidate: components, gates, coverage and evidence."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from data.schema.words import DIMENSIONS
from models.bm25 import Floats
from models.components import COMPONENTS
from models.context import Context
from models.coverage import top_means
from models.gates import GATES
from models.gates.answers import Gate
from models.overlap import copied_shares
from models.pool import Ground, LanguageView, Pool, lay, passage_rows
from models.scaling import standardise, to_unit
from models.terms import query_terms

Linker = Callable[[Sequence[str], Sequence[str]], Floats]
Distances = Callable[[Mapping[str, Any], pl.DataFrame], NDArray[np.float64]]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """The briefs of a night, one version each, and what they ask for.

    `vectors` (requirements, d) are centred like those of the pool. `demand` has brief_id,
    dimension, demand. `link` gives the likeness (titles, titles) of job titles.
    """

    briefs: pl.DataFrame
    requirements: pl.DataFrame
    vectors: Floats
    demand: pl.DataFrame
    link: Linker
    distances: Distances | None = None


@dataclass(frozen=True, kw_only=True)
class Match:
    """One brief against the pool; arrays follow the candidates of the ground."""

    context: Context
    components: Mapping[str, Floats]  # each (candidates,)
    gates: Mapping[str, Gate]
    copied: Floats  # (candidates,): share of the brief's wording found word for word in the CV


@dataclass(frozen=True, kw_only=True)
class Matches:
    """All briefs against the pool; `models.blend` makes the longlist of it."""

    ground: Ground
    by_brief: Mapping[str, Match]
    queries: Mapping[str, Floats]  # per CV language: (requirements, d + topics)


def match(pool: Pool, asked: Asked) -> Matches:
    """Score every candidate of `pool` for every brief.

    Exact: every passage meets every requirement, in blocks of bounded memory, all briefs at once.
    """
    ground = lay(pool)
    requirements = asked.requirements.with_row_index("row")
    queries = {view.language: _queries(view, asked) for view in ground.views}
    similarity = _similarity(ground, queries, len(asked.vectors))
    titles = [" ".join(filter(None, [b["title"], b.get("function")])) for b in _rows(asked)]
    links = asked.link(titles, ground.roles.titles)
    copied = copied_shares(_wording(asked), pool.documents.sort("candidate_id")["text"])
    by_brief = {}
    for place, brief in enumerate(_rows(asked)):
        own = requirements.filter(pl.col("brief_id") == brief["brief_id"])
        columns = similarity[:, own["row"].to_numpy()]
        profile, words, sector = _whole_cv(ground, brief, own)
        context = Context(
            ground=ground,
            brief=brief,
            requirements=own,
            similarity=columns,
            coverage=to_unit(standardise(columns, ground.groups)),
            profile=profile,
            words=words,
            sector=sector,
            titles=links[place],
            demand=_demand(asked.demand, brief["brief_id"]),
            distances=_distances(asked, brief, ground),
        )
        by_brief[brief["brief_id"]] = Match(
            context=context,
            components={name: score(context) for name, score in COMPONENTS.items()},
            gates={name: answer(context) for name, answer in GATES.items()},
            copied=copied[place],
        )
    return Matches(ground=ground, by_brief=by_brief, queries=queries)


def _rows(asked: Asked) -> list[dict[str, Any]]:
    return list(asked.briefs.iter_rows(named=True))


def _wording(asked: Asked) -> list[list[str]]:
    texts = dict(asked.requirements.group_by("brief_id").agg("text").iter_rows())
    return [[*texts[b["brief_id"]], b.get("description") or ""] for b in _rows(asked)]


def _queries(view: LanguageView, asked: Asked) -> Floats:
    """Dense and topic vector (requirements, d + topics) of each; a product is their mean cosine."""
    texts = asked.requirements.select("text", "language").iter_rows()
    counts = view.topics.index.query(query_terms(*text, view.language) for text in texts)
    return np.asarray(np.hstack([asked.vectors, view.topics.place(counts)]) / 2, np.float32)


def _similarity(ground: Ground, queries: Mapping[str, Floats], requirements: int) -> Floats:
    result = np.zeros((len(ground.ids), requirements), np.float32)
    for view in ground.views:
        fetch = partial(passage_rows, ground, view)
        result[view.rows] = top_means(fetch, view.bounds, queries[view.language])
    return result


def _whole_cv(
    ground: Ground, brief: Mapping[str, Any], requirements: pl.DataFrame
) -> tuple[Floats, Floats, Floats]:
    language = brief.get("language") or "en"
    texts = [*requirements["text"], brief["title"], brief.get("function") or ""]
    wanted = [" ".join(texts), brief.get("sector") or ""]
    profile, words, sector = (np.zeros(len(ground.ids), np.float32) for _ in range(3))
    for view in ground.views:
        index = view.topics.index
        counts = index.query(query_terms(text, language, view.language) for text in wanted)
        profile[view.rows] = view.profiles @ view.topics.place(counts[:1])[0]
        scores = (view.weights @ counts.T).toarray()
        words[view.rows], sector[view.rows] = scores[:, 0], scores[:, 1]
    return profile, words, sector


def _demand(demand: pl.DataFrame, brief_id: str) -> Floats:
    own = dict(
        demand.filter(pl.col("brief_id") == brief_id).select("dimension", "demand").iter_rows()
    )
    weights = np.array([own.get(d, 0.0) for d in DIMENSIONS], np.float32)
    return np.asarray(weights / max(float(weights.sum()), 1e-9), np.float32)


def _distances(asked: Asked, brief: Mapping[str, Any], ground: Ground) -> NDArray[np.float64]:
    if asked.distances is None:
        return np.full(len(ground.ids), np.nan)
    return asked.distances(brief, ground.candidates)
