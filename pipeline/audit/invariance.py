"""Edits a few CVs of a night in ways that must not matter, and ranks again."""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from data.schema.words import PAIR
from models.flags import PASTED
from pipeline.audit.edits import EDITS
from pipeline.audit.world import Outcome, World, rerank, visible_texts

NOISE = 1.0
"""Places in a hundred that an edit may move a CV even where the neutral edits move it less."""
AT_ONCE = 0.05
"""Share of the pool that is edited at the same time: more would change what is usual in it."""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What one edit did; places are in a hundred candidates, shares in [0, 1]."""

    edit: str
    kind: str  # removed | neutral | personal
    cvs: int
    pairs: int
    moved: float  # mean of the absolute change of rank
    gained: float  # mean gain of rank
    largest: float
    changed: float  # share of the pairs whose score changed at all
    flagged: float
    passes: bool


def audit_edits(world: World, inbox: Path, *, cvs: int, seed: int) -> list[Finding]:
    """Every edit on the same `cvs` CVs.

    An edit that finds nothing to change in any CV has 0 CVs, and passes.
    """
    rng = random.Random(seed)  # noqa: S311 - no secret
    known = sorted(world.ranking.reading.documents["candidate_id"])
    texts = visible_texts(world, inbox, rng.sample(known, min(cvs, len(known))))
    before = rerank(world, texts)
    findings: list[Finding] = []
    for edit in sorted(EDITS, key=lambda edit: edit.kind == "personal"):  # needs the noise
        edited = {name: edit.change(text, rng) for name, text in sorted(texts.items())}
        edited = {name: text for name, text in edited.items() if text != texts[name]}
        noise = max([NOISE, *(one.moved for one in findings if one.kind == "neutral")])
        pairs = before.longlist.select(PAIR)
        findings.append(_finding(edit.name, edit.kind, _rerun(world, before, edited, pairs), noise))
    return findings


def table(findings: list[Finding]) -> str:
    """The findings as a table that can be pasted."""
    lines = [
        f"{'edit':<36} {'kind':<8} {'CVs':>4} {'pairs':>6} {'moved':>6} {'gained':>7} "
        f"{'most':>6} {'score':>6} {'flag':>5}  passes"
    ]
    lines += [
        f"{f.edit:<36} {f.kind:<8} {f.cvs:>4} {f.pairs:>6} {f.moved:>6.2f} {f.gained:>+7.2f} "
        f"{f.largest:>6.1f} {f.changed:>6.0%} {f.flagged:>5.0%}  "
        f"{'yes' if f.passes else 'NO'}"
        for f in findings
    ]
    return "\n".join(lines)


def _rerun(
    world: World, before: Outcome, edited: dict[str, str], pairs: pl.DataFrame
) -> pl.DataFrame:
    """The moves of the wanted `pairs` of edited CVs, a few of them edited at a time."""
    size = max(1, int(AT_ONCE * world.ranking.reading.documents.height))
    names = sorted(edited)
    parts = [_moves(before, before, pairs.clear())]
    for batch in (names[i : i + size] for i in range(0, len(names), size)):
        after = rerank(world, {name: edited[name] for name in batch})
        parts.append(_moves(before, after, pairs.filter(pl.col("candidate_id").is_in(batch))))
    return pl.concat(parts)


def _moves(before: Outcome, after: Outcome, pairs: pl.DataFrame) -> pl.DataFrame:
    """Of every pair: places gained (of a hundred), whether the score changed, whether flagged."""
    flags = after.flags.filter(flag=PASTED)
    new = after.longlist.select(*PAIR, new_rank="rank", new_score="score")
    return (
        before.longlist.with_columns(size=pl.len().over("brief_id"))
        .join(pairs, on=PAIR, how="semi")
        .join(new, on=PAIR, how="left")
        .select(
            *PAIR,
            gained=(pl.col("rank") - pl.col("new_rank").fill_null(pl.col("size") + 1))
            * 100
            / pl.col("size"),
            changed=(pl.col("score") != pl.col("new_score")).fill_null(True),
        )
        .join(flags.select(PAIR).unique().with_columns(flagged=True), on=PAIR, how="left")
        .with_columns(pl.col("flagged").fill_null(False))
    )


def _finding(name: str, kind: str, moves: pl.DataFrame, limit: float) -> Finding:
    def mean(of: pl.Expr) -> float:
        return float(moves.select(of.mean().fill_null(0)).item())

    gained, flagged = pl.col("gained"), pl.col("flagged")
    moved, changed = mean(gained.abs()), mean(pl.col("changed").cast(pl.Float64))
    passes: Mapping[str, bool] = {
        "removed": changed == 0,
        "neutral": True,
        "personal": moved <= limit,
    }
    return Finding(
        edit=name,
        kind=kind,
        cvs=moves["candidate_id"].n_unique(),
        pairs=moves.height,
        moved=moved,
        gained=mean(gained),
        largest=float(moves.select(gained.abs().max().fill_null(0)).item()),
        changed=changed,
        flagged=mean(flagged.cast(pl.Float64)),
        passes=passes[kind],
    )
