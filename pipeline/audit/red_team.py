"""A red team: attacks on copies of a night's own candidates, and what each attack would gain."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

import polars as pl
from scipy.stats import binom

from data.schema.words import PAIR
from models.flags import PASTED
from pipeline.audit.attacks import ATTACKS, COPYING, Wording
from pipeline.audit.world import Outcome, World, narrowed, open_world, rank_beside
from pipeline.export.report import Alarm, ReportTable
from pipeline.settings import RedTeamSettings

if TYPE_CHECKING:
    from pipeline.nightly import Ranking

TOP: Final = 10
"""First places of a brief, which an attack must not reach; a tenth of less than a hundred."""
AIM: Final = 0.02
"""How much more often attacked CVs may stand there, unless their pairs are flagged."""
FLAGGED: Final = 0.95
"""Share of the pairs from which an attack counts as seen."""
LEAST: Final = 4 * TOP
"""Candidates of a brief from which its lower half is far from its first places."""
MISSED: Final = 0.1
"""Share of CVs with copied wording that may go unflagged before the night rings."""
CHANCE: Final = 0.05
"""How often a night may ring that only met with chance: few tries are made in one night."""
AT_ONCE: Final = 0.1
"""Copies beside one candidate of the pool: more would change what is usual in it."""
ALL: Final = "all attacks"
_ATTEMPT = {
    "attack": pl.String,
    **dict.fromkeys(PAIR, pl.String),
    "before": pl.Int64,
    "after": pl.Int64,
    "pool": pl.Int64,
    "flagged": pl.Boolean,
}


@dataclass(frozen=True, kw_only=True)
class Gain:
    """What one attack gained; places are in a hundred candidates, shares in [0, 1]."""

    attack: str
    pairs: int
    places: float  # mean gain of rank
    top_before: float  # share in the first places without the attack
    top_after: float  # and with it
    unseen: float  # and with it, no flag telling of it
    flagged: float

    @property
    def passes(self) -> bool:
        """Whether the attack reaches no first places that it had not, or is flagged."""
        return self.flagged >= FLAGGED or self.unseen <= self.top_before + AIM

    @property
    def figures(self) -> dict[str, float]:
        """What the manifest keeps of it."""
        names = ("pairs", "places", "top_before", "top_after", "unseen", "flagged")
        return {name: round(getattr(self, name), 4) for name in names}


def attack_night(ranking: "Ranking", settings: RedTeamSettings, as_of: date) -> list[Gain]:
    """Attack a few briefs of a ranked night, others every night; nothing outside is changed."""
    rng = random.Random(as_of.toordinal())  # noqa: S311 - no secret
    briefs = sorted(unsuited(ranking.longlist))
    chosen = rng.sample(briefs, min(settings.briefs, len(briefs)))
    if not chosen:
        return []
    world = narrowed(open_world(ranking), chosen, settings.pool, rng)
    return gains(attack(world, cvs=settings.cvs, rng=rng))


def attack(world: World, *, cvs: int, rng: random.Random) -> pl.DataFrame:
    """Every attack on `cvs` candidates of the lower half of every brief of `world`.

    One row an attempt: attack, brief_id, candidate_id, rank before and after (each as if nobody
    else had attacked), pool (eligible candidates), flagged.
    """
    briefs, known = set(world.asked.briefs["brief_id"]), set(world.pool.documents["candidate_id"])
    wanted = []
    for brief, lower in unsuited(world.ranking.longlist).items():
        here = [candidate for candidate in lower if candidate in known and brief in briefs]
        for name in ATTACKS:
            wanted += [(name, brief, one) for one in rng.sample(here, min(cvs, len(here)))]
    return attempt(world, wanted, rng)


def attempt(
    world: World, wanted: Sequence[tuple[str, str, str]], rng: random.Random
) -> pl.DataFrame:
    """The wanted (attack, brief_id, candidate_id), as `attack` tells of them."""
    texts = dict(world.pool.documents["candidate_id", "text"].iter_rows())
    size = max(len(ATTACKS), int(AT_ONCE * len(texts)))
    told = {brief: _wording(world, brief) for _, brief, _ in wanted}
    order = rng.sample(wanted, len(wanted))
    parts = [pl.DataFrame(schema=_ATTEMPT)]
    for batch in (order[i : i + size] for i in range(0, len(order), size)):
        copies = {f"{number} {one[2]}": one for number, one in enumerate(batch)}
        changed = {
            copy: ATTACKS[name](texts[candidate], told[brief], rng)
            for copy, (name, brief, candidate) in copies.items()
        }
        outcome = rank_beside(world, changed, {copy: one[2] for copy, one in copies.items()})
        parts.append(_standings(outcome, copies))
    return pl.concat(parts)


def unsuited(longlist: pl.DataFrame) -> dict[str, list[str]]:
    """Of every brief with enough candidates those in the lower half of its ranking."""
    size = pl.len().over("brief_id")
    lower = longlist.filter(size >= LEAST, pl.col("rank") > size / 2).sort(PAIR)
    grouped = lower.group_by("brief_id", maintain_order=True).agg("candidate_id")
    return dict(grouped.iter_rows())


def gains(attempts: pl.DataFrame) -> list[Gain]:
    """What every attack gained; the last row tells of all together."""
    together = attempts.with_columns(attack=pl.lit(ALL))
    top = pl.min_horizontal(pl.lit(TOP), pl.col("pool") // 10)
    first = pl.col("after") <= top
    table = (
        pl.concat([attempts, together])
        .group_by("attack")
        .agg(
            pairs=pl.len().cast(pl.Int64),
            places=((pl.col("before") - pl.col("after")) * 100 / pl.col("pool")).mean(),
            top_before=(pl.col("before") <= top).mean(),
            top_after=first.mean(),
            unseen=(first & ~pl.col("flagged")).mean(),
            flagged=pl.col("flagged").mean(),
        )
    )
    order = [*ATTACKS, ALL]
    found = [Gain(**row) for row in table.iter_rows(named=True)]
    return sorted(found, key=lambda gain: order.index(gain.attack))


def gain_tables(found: Sequence[Gain]) -> list[ReportTable]:
    """The gains as the night's report shows them; nothing where nobody was attacked."""
    table = ReportTable(
        title="Attacks on copies of tonight's candidates",
        headings=("Attack", "Pairs", "Places gained in 100", "Top 10", "When attacked", "Flagged"),
        rows=tuple(
            (
                one.attack,
                f"{one.pairs}",
                f"{one.places:+.1f}",
                f"{one.top_before:.0%}",
                f"{one.top_after:.0%}",
                f"{one.flagged:.0%}",
            )
            for one in found
        ),
        note="Candidates of the lower half of a brief, copied, changed and ranked in memory beside "
        "tonight's. Nothing of it is kept.",
    )
    return [table] if found else []


def gain_alarms(found: Sequence[Gain]) -> list[Alarm]:
    """Alarms when attacks reach first places unflagged, or flags miss copied wording."""
    texts = [
        f"Attacked CVs reach the first {TOP} places unflagged in {one.unseen:.0%} of {one.pairs} "
        f"tries ({one.top_before:.0%} without the attack): read CVs that are new there with care."
        for one in found
        if one.attack == ALL and not one.passes and _beyond_chance(one)
    ]
    copying = [one for one in found if one.attack in COPYING]
    tries = sum(one.pairs for one in copying)
    missed = sum(one.pairs * (1 - one.flagged) for one in copying)
    if missed > MISSED * tries:
        texts.append(
            f"{missed:.0f} of {tries} CVs that repeat a brief were not flagged: the flag for "
            "copied wording cannot be relied on."
        )
    return [Alarm(level="alarm", text=text) for text in texts]


def _beyond_chance(one: Gain) -> bool:
    """Whether an attack that stays within the aim would hardly ever get so many tries through."""
    through = round(one.unseen * one.pairs)
    return bool(binom.sf(through - 1, one.pairs, one.top_before + AIM) < CHANCE)


def to_text(found: Sequence[Gain]) -> str:
    """The gains as a table that can be pasted."""
    lines = [
        f"{'attack':<36} {'pairs':>6} {'gained':>7} {'top 10':>7} {'attacked':>9} {'unseen':>7} "
        f"{'flag':>5}  passes"
    ]
    lines += [
        f"{one.attack:<36} {one.pairs:>6} {one.places:>+7.2f} {one.top_before:>7.1%} "
        f"{one.top_after:>9.1%} {one.unseen:>7.1%} {one.flagged:>5.0%}  "
        f"{'yes' if one.passes else 'NO'}"
        for one in found
    ]
    return "\n".join(lines)


def _wording(world: World, brief_id: str) -> Wording:
    brief = world.asked.briefs.filter(pl.col("brief_id") == brief_id).row(0, named=True)
    asked = world.asked.requirements.filter(pl.col("brief_id") == brief_id)["text"]
    return Wording(
        title=brief["title"],
        requirements=asked.to_list(),
        description=brief.get("description") or "",
        language=brief.get("language") or "en",
    )


def _standings(outcome: Outcome, copies: Mapping[str, tuple[str, str, str]]) -> pl.DataFrame:
    """Where the attacked stand and would have stood, other copies left out."""
    flags = outcome.flags.filter(flag=PASTED).select(PAIR)
    flagged = set(flags.iter_rows())
    rows = []
    for copy, (name, brief, candidate) in copies.items():
        own = outcome.longlist.filter(brief_id=brief)
        scores = dict(own["candidate_id", "score"].iter_rows())
        if candidate not in scores:
            continue
        others = [score for one, score in scores.items() if one not in copies and one != candidate]
        before, after = (
            1 + sum(score > scores.get(one, -1.0) for score in others) for one in (candidate, copy)
        )
        rows.append(
            (name, brief, candidate, before, after, len(others) + 1, (brief, copy) in flagged)
        )
    return pl.DataFrame(rows, schema=_ATTEMPT, orient="row")
