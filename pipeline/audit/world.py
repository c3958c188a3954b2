"""A ranked night held open, so that an audit can change some CVs and rank them again."""

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import polars as pl

from data.cv.document import Unreadable
from data.cv.frames import read_cvs
from data.cv.workers import read_documents
from data.schema import Quarantine
from models.blend import blend
from models.flags import pair_flags
from models.matching import match
from pipeline.nightly import Ranking
from pipeline.settings import Settings
from pipeline.stages.intake import Reading
from pipeline.stages.signals import levels, read_ledger
from pipeline.stages.vectors import CachedEncoder, open_encoder, passage_vectors

_LEVELS = {"candidate_id": pl.String, "dimension": pl.String, "level": pl.Float64}


@dataclass(frozen=True, kw_only=True)
class World:
    """A ranking and what it takes to repeat it with other CVs."""

    ranking: Ranking
    encoder: CachedEncoder


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a night would publish of the changed pool: the longlist and the flags of pairs."""

    longlist: pl.DataFrame
    flags: pl.DataFrame


def open_world(ranking: Ranking, runs: Path, settings: Settings) -> World:
    """Hold `ranking` open; the vectors come from the cache that its night filled."""
    return World(ranking=ranking, encoder=open_encoder(runs, settings.encoder))


def visible_texts(world: World, inbox: Path, ids: list[str]) -> dict[str, str]:
    """The text of these candidates' CVs as it was sent, personal data included."""
    candidates = world.ranking.inbox.candidates.filter(pl.col("candidate_id").is_in(ids))
    texts = dict(
        candidates.filter(pl.col("cv_file").is_null())["candidate_id", "cv_text"].iter_rows()
    )
    files = candidates.filter(pl.col("cv_file").is_not_null())
    owner = {
        inbox.absolute() / file: name for name, file in files["candidate_id", "cv_file"].iter_rows()
    }
    for path, document in read_documents(list(owner), workers=1):
        if not isinstance(document, Unreadable):
            texts[owner[path]] = document.text
    return texts


def rerank(world: World, texts: dict[str, str]) -> Outcome:
    """Rank the pool with other CV texts for some of its candidates."""
    pool = world.ranking.matches.ground.pool
    own = pl.col("candidate_id").is_in(list(texts))
    reading = _read(texts, world.ranking.inbox.experiences.filter(own))
    vectors = passage_vectors(reading, world.encoder, _silent)
    events = read_ledger(reading, world.encoder, _silent)
    found = pl.DataFrame(schema=_LEVELS)
    if not events.is_empty():
        found = levels(events, pool.as_of)
    kept = pool.passages.select(~own).to_series().to_numpy()

    def with_new(table: pl.DataFrame | None, new: pl.DataFrame) -> pl.DataFrame:
        return (
            new
            if table is None
            else pl.concat([table.filter(~own), new.select(table.columns)], how="vertical_relaxed")
        )

    changed = replace(
        pool,
        documents=with_new(pool.documents, reading.documents),
        passages=with_new(pool.passages, reading.passages),
        vectors=np.concatenate([pool.vectors[kept], vectors]),
        experiences=with_new(pool.experiences, reading.experiences),
        levels=with_new(pool.levels, found),
    )
    matches = match(changed, world.ranking.asked)
    return Outcome(longlist=blend(matches, world.ranking.brief_weights), flags=pair_flags(matches))


def _read(texts: dict[str, str], recorded: pl.DataFrame) -> Reading:
    frame = pl.DataFrame({"candidate_id": list(texts), "text": list(texts.values())})
    documents, passages, experiences = read_cvs(frame, recorded)
    nothing = pl.DataFrame(schema={"candidate_id": pl.String, "same_as": pl.String})
    return Reading(
        documents=documents,
        passages=passages,
        experiences=experiences,
        unreadable=Quarantine.create_empty(),
        merged=nothing,
    )


def _silent(count: int) -> None:
    """Nobody watches the progress of an audit's single steps."""
