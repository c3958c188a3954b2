"""A ranked night held open, so that an audit can change some CVs and rank them again."""

import random
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from data.cv.document import Unreadable
from data.cv.frames import read_cvs
from data.cv.workers import read_documents
from data.schema import Quarantine
from models.blend import blend
from models.flags import pair_flags
from models.matching import Asked, match
from models.pool import Pool
from models.titles import link
from pipeline.stages.intake import Reading
from pipeline.stages.signals import levels, read_ledger
from pipeline.stages.vectors import CachedEncoder, passage_vectors

if TYPE_CHECKING:
    from pipeline.nightly import Ranking

_ID = "candidate_id"
_LEVELS = {_ID: pl.String, "dimension": pl.String, "level": pl.Float64}


@dataclass(frozen=True, kw_only=True)
class World:
    """A ranking and what it takes to repeat it with other CVs; the vector cache never grows."""

    ranking: "Ranking"
    encoder: CachedEncoder
    pool: Pool
    asked: Asked


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a night would publish of the changed pool: the longlist and the flags of pairs."""

    longlist: pl.DataFrame
    flags: pl.DataFrame


def open_world(ranking: "Ranking") -> World:
    """Hold `ranking` open; the vectors come from the cache that its night filled."""
    encoder = ranking.encoder.aside()
    asked = replace(ranking.asked, link=partial(link, encoder=encoder))
    pool = ranking.matches.ground.pool
    return World(ranking=ranking, encoder=encoder, pool=pool, asked=asked)


def narrowed(world: World, briefs: Collection[str], most: int, rng: random.Random) -> World:
    """The world with these briefs alone and at most so many candidates, drawn at random."""
    known = sorted(world.pool.documents[_ID])
    kept = rng.sample(known, min(most, len(known)))
    asked = world.asked
    of = pl.col("brief_id").is_in(list(briefs))
    wanted, titled = (
        np.flatnonzero(table.select(of).to_series()) for table in (asked.requirements, asked.briefs)
    )
    asked = replace(
        asked,
        briefs=asked.briefs.filter(of),
        requirements=asked.requirements.filter(of),
        vectors=asked.vectors[wanted],
        demand=asked.demand.filter(of),
        title_vectors=None if asked.title_vectors is None else asked.title_vectors[titled],
    )
    return replace(world, pool=_part(world.pool, pl.col(_ID).is_in(kept)), asked=asked)


def visible_texts(world: World, inbox: Path, ids: list[str]) -> dict[str, str]:
    """The text of these candidates' CVs as it was sent, personal data included."""
    candidates = world.ranking.inbox.candidates.filter(pl.col(_ID).is_in(ids))
    texts = dict(candidates.filter(pl.col("cv_file").is_null())[_ID, "cv_text"].iter_rows())
    files = candidates.filter(pl.col("cv_file").is_not_null())
    owner = {inbox.absolute() / file: name for name, file in files[_ID, "cv_file"].iter_rows()}
    for path, document in read_documents(list(owner), workers=1):
        if not isinstance(document, Unreadable):
            texts[owner[path]] = document.text
    return texts


def rerank(world: World, texts: Mapping[str, str]) -> Outcome:
    """Rank the pool with other CV texts for some of its candidates."""
    others = _part(world.pool, ~pl.col(_ID).is_in(list(texts)))
    return _ranked(world, others, texts, {name: name for name in texts})


def rank_beside(world: World, texts: Mapping[str, str], of: Mapping[str, str]) -> Outcome:
    """Rank copies of candidates beside the whole pool: equal but for the text of their CV.

    `texts` by the id of the copy, `of` says whose copy it is.
    """
    copied = _renamed(world.pool.candidates, of)
    candidates = pl.concat([world.pool.candidates, copied])
    pool = replace(world.pool, candidates=candidates)
    if pool.placements is not None:
        past = _renamed(pool.placements, of)
        pool = replace(pool, placements=pl.concat([pool.placements, past]))
    return _ranked(world, pool, texts, of)


def _ranked(world: World, pool: Pool, texts: Mapping[str, str], of: Mapping[str, str]) -> Outcome:
    """Rank `pool` with these CVs added to it."""
    reading = _read(texts, _renamed(world.ranking.inbox.experiences, of))
    vectors = passage_vectors(reading, world.encoder, _silent)
    events = read_ledger(reading, world.encoder, _silent)
    found = pl.DataFrame(schema=_LEVELS) if events.is_empty() else levels(events, pool.as_of)
    rows = np.arange(pool.passages.height)
    changed = replace(
        pool,
        documents=_with_new(pool.documents, reading.documents),
        passages=_with_new(pool.passages, reading.passages),
        vectors=np.concatenate([pool.vectors[rows], vectors]),
        experiences=_with_new(pool.experiences, reading.experiences),
        levels=_with_new(pool.levels, found),
    )
    matches = match(changed, world.asked)
    return Outcome(longlist=blend(matches, world.ranking.brief_weights), flags=pair_flags(matches))


def _with_new(table: pl.DataFrame | None, new: pl.DataFrame) -> pl.DataFrame:
    if table is None:
        return new
    return pl.concat([table, new.select(table.columns)], how="vertical_relaxed")


def _part(pool: Pool, own: pl.Expr) -> Pool:
    """The documents and what was read of them of some candidates; the candidate table stays."""
    rows = np.flatnonzero(pool.passages.select(own).to_series())
    return replace(
        pool,
        documents=pool.documents.filter(own),
        passages=pool.passages.filter(own),
        vectors=pool.vectors[rows],
        experiences=None if pool.experiences is None else pool.experiences.filter(own),
        levels=None if pool.levels is None else pool.levels.filter(own),
    )


def _renamed(table: pl.DataFrame, of: Mapping[str, str]) -> pl.DataFrame:
    """The rows of those who were copied, once for every copy, under the copy's id."""
    names = pl.DataFrame(
        {"copy": list(of), _ID: list(of.values())},
        schema_overrides=dict.fromkeys(("copy", _ID), pl.String),
    )
    copies = names.join(table, on=_ID, how="inner", maintain_order="left")
    return copies.drop(_ID).rename({"copy": _ID}).select(table.columns)


def _read(texts: Mapping[str, str], recorded: pl.DataFrame) -> Reading:
    frame = pl.DataFrame({_ID: list(texts), "text": list(texts.values())})
    documents, passages, experiences = read_cvs(frame, recorded)
    return Reading(
        documents=documents,
        passages=passages,
        experiences=experiences,
        unreadable=Quarantine.create_empty(),
        merged=pl.DataFrame(schema={_ID: pl.String, "same_as": pl.String}),
    )


def _silent(count: int) -> None:
    """Nobody watches the progress of an audit's single steps."""
