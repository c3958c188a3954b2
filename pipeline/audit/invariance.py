"""Edits a few CVs of a night in ways that must not matter or must not pay, and ranks again."""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from data.schema.words import PAIR
from pipeline.audit.edits import ATTACKS, EDITS
from pipeline.audit.world import Outcome, World, rerank, visible_texts

NOISE = 1.0
"""Places in a hundred that an edit may move a CV even where the neutral edits move it less."""
GAIN = 2.0
"""Places in a hundred that an attack may gain on average, gains that are flagged left out."""
AT_ONCE = 0.05
"""Share of the pool that is edited at the same time: more would change what is usual in it."""
WARNINGS = ["pasted_brief", "repetition"]


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What one edit did; places are in a hundred candidates, shares in [0, 1]."""

    edit: str
    kind: str  # removed | neutral | personal | attack
    cvs: int
    pairs: int
    moved: float  # mean of the absolute change of rank
    gained: float  # mean gain of rank
    unseen: float  # mean gain of rank, 0 where a flag tells of it
    largest: float
    changed: float  # share of the pairs whose score changed at all
    flagged: float
    passes: bool


def audit_edits(world: World, inbox: Path, *, cvs: int, seed: int) -> list[Finding]:
    """Every edit on the same `cvs` CVs, every attack on as many from the lower half of a brief.

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


def audit_attacks(world: World, inbox: Path, *, cvs: int, seed: int) -> list[Finding]:
    """Every attack on `cvs` CVs, each on a brief that ranks it in its lower half."""
    rng = random.Random(seed)  # noqa: S311 - no secret
    targets = _unsuited(world.ranking.longlist, cvs, rng)
    texts = visible_texts(world, inbox, sorted(targets))
    targets = {name: targets[name] for name in texts}
    pairs = pl.DataFrame(
        {"brief_id": list(targets.values()), "candidate_id": list(targets)},
        schema=dict.fromkeys(PAIR, pl.String),
    )
    asked = {brief: _wording(world, brief) for brief in set(targets.values())}
    before = rerank(world, texts)
    findings = []
    for name, attack in ATTACKS.items():
        edited = {one: attack(text, asked[targets[one]], rng) for one, text in texts.items()}
        findings.append(_finding(name, "attack", _rerun(world, before, edited, pairs), GAIN))
    return findings


def table(findings: list[Finding]) -> str:
    """The findings as a table that can be pasted."""
    lines = [
        f"{'edit':<36} {'kind':<8} {'CVs':>4} {'pairs':>6} {'moved':>6} {'gained':>7} "
        f"{'unseen':>7} {'most':>6} {'score':>6} {'flag':>5}  passes"
    ]
    lines += [
        f"{f.edit:<36} {f.kind:<8} {f.cvs:>4} {f.pairs:>6} {f.moved:>6.2f} {f.gained:>+7.2f} "
        f"{f.unseen:>+7.2f} {f.largest:>6.1f} {f.changed:>6.0%} {f.flagged:>5.0%}  "
        f"{'yes' if f.passes else 'NO'}"
        for f in findings
    ]
    return "\n".join(lines)


def _unsuited(longlist: pl.DataFrame, cvs: int, rng: random.Random) -> dict[str, str]:
    """Candidate to brief: the briefs in turn, each with one of the lower half of its ranking."""
    lower = longlist.filter(pl.col("rank") > pl.len().over("brief_id") / 2).sort(*PAIR)
    by_brief = [
        (brief, rng.sample(names, len(names)))
        for brief, names in lower.group_by("brief_id", maintain_order=True)
        .agg("candidate_id")
        .iter_rows()
    ]
    chosen: dict[str, str] = {}
    while len(chosen) < cvs and any(names for _, names in by_brief):
        for brief, names in by_brief:
            while names and names[-1] in chosen:
                names.pop()
            if names and len(chosen) < cvs:
                chosen[names.pop()] = brief
    return chosen


def _wording(world: World, brief_id: str) -> list[str]:
    """Title, requirements and description of a brief, as somebody would paste them."""
    brief = world.ranking.briefs.filter(pl.col("brief_id") == brief_id).row(0, named=True)
    asked = world.ranking.requirements.filter(pl.col("brief_id") == brief_id)["text"].to_list()
    return list(filter(None, [brief["title"], *asked, brief.get("description")]))


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
    flags = after.flags.filter(pl.col("flag").is_in(WARNINGS))
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
    unseen = mean(pl.when(flagged).then(0.0).otherwise(gained))
    passes: Mapping[str, bool] = {
        "removed": changed == 0,
        "neutral": True,
        "personal": moved <= limit,
        "attack": unseen <= limit,
    }
    return Finding(
        edit=name,
        kind=kind,
        cvs=moves["candidate_id"].n_unique(),
        pairs=moves.height,
        moved=moved,
        gained=mean(gained),
        unseen=unseen,
        largest=float(moves.select(gained.abs().max().fill_null(0)).item()),
        changed=changed,
        flagged=mean(flagged.cast(pl.Float64)),
        passes=passes[kind],
    )
