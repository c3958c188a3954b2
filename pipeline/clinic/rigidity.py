"""What each condition of a brief costs in candidates, and whom easing it would add, ranked anew."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from models.gates import language
from models.gates.answers import FAIL, UNKNOWN, Answers
from models.matching import Match
from pipeline.clinic.relaxations import BASE, Relaxation
from pipeline.export.rules import ExplainSettings
from pipeline.nightly import Ranking

Mask = NDArray[np.bool_]
GATE_OF: Final = {"rate": "day_rate", "start": "availability", "place": "place"}


@dataclass(frozen=True, kw_only=True)
class Gain:
    """A candidate whom a relaxation puts on the shortlist, at `rank`.

    `before` is the rank under the brief as it stands, None where a hard condition kept them off.
    """

    candidate_id: str
    rank: int
    before: int | None


@dataclass(frozen=True, kw_only=True)
class Eased:
    """A relaxation: how many more pass the hard conditions, and who comes onto the shortlist."""

    relaxation: Relaxation
    eligible: int
    gains: tuple[Gain, ...]


@dataclass(frozen=True, kw_only=True)
class Cost:
    """What one condition costs: candidates whom it fails, whom it leaves open, whom it alone fails.

    A must-have fails those who pass the hard conditions and in whose CV it was not found; it leaves
    open those where it was found in part, and alone fails those with every other must-have.
    """

    kind: str
    subject: str
    fails: int
    unknown: int
    alone: int
    eased: tuple[Eased, ...]


@dataclass(frozen=True, kw_only=True)
class Rigidity:
    """The costs of every condition, and what all must-haves together cost.

    `complete`: candidates of the pool in whose CVs every must-have was found at least in part; of
    them with a known rate `priced`, within the budget `affordable`, at a middle rate of `median`.
    """

    pool: int
    eligible: int
    musts: int
    costs: tuple[Cost, ...]
    complete: int
    priced: int
    affordable: int
    median: float | None

    @property
    def best(self) -> Eased | None:
        """The single relaxation that adds most to the shortlist; None where none adds anybody."""
        eased = [one for cost in self.costs for one in cost.eased]
        most = max(eased, key=lambda one: (len(one.gains), one.eligible), default=None)
        return most if most and (most.gains or most.eligible) else None


def read_rigidity(
    ranking: Ranking, eased: Sequence[Relaxation], settings: ExplainSettings
) -> Rigidity:
    """The costs of a brief whose variants, of `relaxations.variants`, `ranking` holds."""
    base = ranking.matches.by_brief[str(BASE)]
    longlists = {
        brief_id: dict(ranked.select("candidate_id", "rank").iter_rows())
        for (brief_id,), ranked in ranking.longlist.group_by("brief_id")
    }
    ranks = [longlists.get(str(number), {}) for number in range(len(eased) + 1)]
    gained = [
        _eased(one, ranks[BASE], after, settings.top)
        for one, after in zip(eased, ranks[1:], strict=True)
    ]
    costs = []
    for kind, subject in dict.fromkeys((one.kind, one.subject) for one in eased):
        own = [g for g in gained if (g.relaxation.kind, g.relaxation.subject) == (kind, subject)]
        fails, unknown, alone = (
            _of_must(base, subject, settings) if kind == "must" else _of_gate(base, kind, subject)
        )
        costs.append(
            Cost(
                kind=kind,
                subject=subject,
                fails=int(fails.sum()),
                unknown=int(unknown.sum()),
                alone=int(alone.sum()),
                eased=tuple(own),
            )
        )
    return _rigidity(base, len(ranks[BASE]), costs, settings)


def _rigidity(
    base: Match, eligible: int, costs: Sequence[Cost], settings: ExplainSettings
) -> Rigidity:
    musts = _tier(base, "must")
    complete = (base.context.coverage[:, musts] >= settings.partly_from).all(axis=1)
    rates = base.context.ground.facts.day_rate[complete]
    rates = rates[~np.isnan(rates)]
    budget = base.context.brief.get("day_rate_max_eur")
    return Rigidity(
        pool=base.context.size,
        eligible=eligible,
        musts=int(musts.sum()),
        costs=tuple(costs),
        complete=int(complete.sum()),
        priced=len(rates),
        affordable=int((rates <= budget).sum()) if budget else len(rates),
        median=float(np.median(rates)) if len(rates) else None,
    )


def _eased(
    relaxation: Relaxation, before: dict[str, int], after: dict[str, int], top: int
) -> Eased:
    gains = [
        Gain(candidate_id=name, rank=rank, before=before.get(name))
        for name, rank in sorted(after.items(), key=lambda pair: pair[1])
        if rank <= top and before.get(name, top + 1) > top
    ]
    more = len(after.keys() - before.keys())
    return Eased(relaxation=relaxation, eligible=more, gains=tuple(gains))


def _of_must(base: Match, must: str, settings: ExplainSettings) -> tuple[Mask, Mask, Mask]:
    """Masks (candidates,) of those whom a must-have fails, leaves open, and alone fails."""
    coverage, musts = base.context.coverage, _tier(base, "must")
    this = (base.context.requirements["text"] == must.strip()).to_numpy() & musts
    passed = _worst([gate.answers for gate in base.gates.values()]) > FAIL
    if not this.any():  # it repeats another must-have and was merged with it
        nobody = np.zeros(base.context.size, np.bool_)
        return nobody, nobody, nobody
    own = coverage[:, this].max(axis=1)
    missing = passed & (own < settings.partly_from)
    others = (coverage[:, musts & ~this] >= settings.partly_from).all(axis=1)
    partly = passed & ~missing & (own < settings.covered_from)
    return missing, partly, missing & others


def _of_gate(base: Match, kind: str, subject: str) -> tuple[Mask, Mask, Mask]:
    """Masks (candidates,) of those whom a hard condition fails, leaves open, and alone fails."""
    gate = GATE_OF.get(kind, kind)
    rest = [answer.answers for name, answer in base.gates.items() if name != gate]
    own = base.gates[gate].answers
    if kind == "language":
        own = _languages(base, lambda code: code == subject)
        rest.append(_languages(base, lambda code: code != subject))
    return own == FAIL, own == UNKNOWN, (own == FAIL) & (_worst(rest) > FAIL)


def _languages(base: Match, wanted: Callable[[str], bool]) -> Answers:
    """What the language gate answers (candidates,) when only some of the languages are asked."""
    asked = [one for one in base.context.brief.get("languages") or () if wanted(one["code"])]
    brief = {**base.context.brief, "languages": asked}
    return language.answer(replace(base.context, brief=brief)).answers


def _worst(answers: Sequence[Answers]) -> Answers:
    return np.asarray(np.min(answers, axis=0), np.int8)


def _tier(base: Match, tier: str) -> Mask:
    return (base.context.requirements["tier"] == tier).to_numpy()
