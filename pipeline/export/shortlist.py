"""What a recruiter is shown of a brief: facts that every export renders in its own words."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

Tier = Literal["must", "should", "nice"]
State = Literal["covered", "partly", "not_found"]
Answer = Literal["pass", "fail", "unknown"]
Label = Literal["solid", "stretch", "specialist", "over_qualified", "partial"]
Confidence = Literal["high", "medium", "low"]
NobodyFits = Literal["nobody_eligible", "below_threshold", "no_must_have"]


@dataclass(frozen=True, kw_only=True)
class Quote:
    """An exact substring of the CV and where it stands; level 1 claimed, 2 described, 3 result."""

    text: str
    section: str | None
    start: date | None
    end: date | None
    level: int


@dataclass(frozen=True, kw_only=True)
class Contribution:
    """One component of the blend; the points of all of them add up to the score exactly."""

    component: str
    value: float
    weight: float
    points: Decimal


@dataclass(frozen=True, kw_only=True)
class RequirementFit:
    """One requirement of the brief against one CV; coverage in [0, 1]."""

    text: str
    tier: Tier
    state: State
    coverage: float
    quote: Quote | None


@dataclass(frozen=True, kw_only=True)
class AdaptabilityFact:
    """A quoted fact of a dimension that the brief asks for; demand and strength in [0, 1]."""

    dimension: str
    demand: float
    strength: float
    why: str | None
    quote: Quote


@dataclass(frozen=True, kw_only=True)
class GateAnswer:
    """What a hard condition says of a candidate, and why."""

    gate: str
    answer: Answer
    reason: str | None


@dataclass(frozen=True, kw_only=True)
class Question:
    """Something worth asking the candidate: an unknown gate, an open must-have, a dimension.

    `told` is what is known of it so far, as a gate's reason is.
    """

    kind: Literal["gate", "requirement", "dimension"]
    subject: str
    told: str | None = None


@dataclass(frozen=True, kw_only=True)
class Claim:
    """Something that the CV states without a dated role or a result: worth verifying."""

    kind: Literal["requirement", "dimension"]
    subject: str
    quote: Quote


@dataclass(frozen=True, kw_only=True)
class Change:
    """One fact taken as true (a gate's, or a requirement), and where it would put the candidate.

    `rank` is None where another hard condition would still keep the candidate off.
    """

    kind: str
    subject: str
    score: Decimal
    rank: int | None


@dataclass(frozen=True, kw_only=True)
class Elsewhere:
    """Another brief on whose shortlist the candidate stands; `proposed` by the portfolio."""

    brief_id: str
    title: str
    rank: int
    proposed: bool


@dataclass(frozen=True, kw_only=True)
class Flag:
    """Something about the document that a reader should know, such as hidden text."""

    name: str
    detail: str | None


@dataclass(frozen=True, kw_only=True)
class Decided:
    """What people decided on a candidate, when, who and why; `place` is their own order."""

    candidate_id: str
    on: date
    decision: str | None = None
    place: int | None = None
    by: str | None = None
    reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class Person:
    """Who the candidate is and how to reach them; anything but the id may be unknown."""

    candidate_id: str
    name: str | None = None
    email: str | None = None
    phone: str | None = None
    headline: str | None = None
    place: str | None = None
    country: str | None = None
    languages: tuple[tuple[str, str | None], ...] = ()
    work_modes: tuple[str, ...] = ()
    available_from: date | None = None
    day_rate_eur: float | None = None
    last_contact: date | None = None

    @property
    def called(self) -> str:
        """The name, or the id of a candidate without one."""
        return self.name or self.candidate_id


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """Why a candidate stands where they stand on a brief's ranking, and what is not known.

    `score` and the points are out of 100 with one decimal; `tied` holds the first and the last rank
    of the tie band; `firm`, `claimed` and `unknown` count the points that the confidence rests on.
    `thin`: the CV is too short to tell much. `unlike`: it hardly resembles the brief. `proposed`:
    the portfolio would send the candidate to this brief.
    """

    brief_id: str
    person: Person
    rank: int
    band: int
    tied: tuple[int, int]
    score: Decimal
    score_word: str
    label: Label
    confidence: Confidence
    firm: int
    claimed: int
    unknown: int
    contributions: tuple[Contribution, ...]
    requirements: tuple[RequirementFit, ...]
    adaptability: tuple[AdaptabilityFact, ...]
    gates: tuple[GateAnswer, ...]
    gaps: tuple[str, ...]
    questions: tuple[Question, ...]
    verify: tuple[Claim, ...]
    flags: tuple[Flag, ...]
    best: tuple[Quote, ...]
    other_shortlists: int
    change: Change | None = None
    also_on: tuple[Elsewhere, ...] = ()
    proposed: bool = False
    thin: bool = False
    unlike: bool = False
    decided: tuple[Decided, ...] = ()

    @property
    def explored(self) -> bool:
        """Whether chance put the candidate on the list, so that the ranking can learn."""
        return any(flag.name == "exploration" for flag in self.flags)


@dataclass(frozen=True, kw_only=True)
class BriefFacts:
    """What the client asked for, as far as it is known; `age_hours` on the night's date."""

    brief_id: str
    title: str
    version: int = 1
    client_id: str | None = None
    function: str | None = None
    sector: str | None = None
    reason: str | None = None
    country: str | None = None
    place: str | None = None
    work_mode: str | None = None
    languages: tuple[tuple[str, str | None], ...] = ()
    start_date: date | None = None
    duration_months: float | None = None
    days_per_week: float | None = None
    day_rate_max_eur: float | None = None
    age_hours: int | None = None
    demand: tuple[tuple[str, float, str | None], ...] = ()


@dataclass(frozen=True, kw_only=True)
class NearMiss:
    """A candidate whom a gate keeps off, with every gate that does, and what would open it."""

    person: Person
    gates: tuple[GateAnswer, ...]
    change: Change | None = None


@dataclass(frozen=True, kw_only=True)
class Shortlist:
    """A brief with the first of its ranking, or with the reason why nobody fits."""

    brief: BriefFacts
    explanations: tuple[Explanation, ...]
    pool: int
    eligible: int
    stopped_by: tuple[tuple[str, int], ...]
    nobody_fits: NobodyFits | None
    near_misses: tuple[NearMiss, ...]
    contradictions: int = 0
    decided: tuple[Decided, ...] = ()
