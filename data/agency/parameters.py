"""The market of the simulated agency: every number that it is calibrated on, in one place."""

from dataclasses import dataclass, field
from datetime import date


def _reasons() -> dict[str, float]:
    # Mission mix of the French market in 2024; what that survey calls "change" is transformation.
    return {
        "replacement": 0.46,
        "project": 0.22,
        "transformation": 0.20,
        "crisis": 0.09,
        "growth": 0.02,
        "vacancy": 0.01,
    }


def _brief_languages() -> dict[str, float]:
    # English: no source, a value to sweep. The rest follows the regions of the clients.
    return {"en": 0.30, "nl": 0.37, "fr": 0.25, "de": 0.08}


def _demand() -> dict[str, tuple[float, ...]]:
    # How much each dimension matters by reason, in the order of DIMENSIONS: assumed.
    return {
        "replacement": (0.10, 0.30, 0.10, 0.20, 0.30, 0.40, 0.10),
        "project": (0.10, 0.40, 0.50, 0.40, 0.60, 0.50, 0.20),
        "transformation": (0.20, 0.50, 0.60, 0.80, 0.60, 0.70, 0.30),
        "crisis": (0.90, 0.80, 0.60, 0.70, 0.30, 0.60, 0.10),
        "growth": (0.10, 0.40, 0.50, 0.50, 0.50, 0.50, 0.30),
        "vacancy": (0.10, 0.30, 0.20, 0.30, 0.30, 0.40, 0.10),
    }


@dataclass(frozen=True, kw_only=True)
class Market:
    """Calibration of the simulated agency; "assumed" marks what no published figure supports."""

    # People
    women: float = 0.22  # surveys of interim managers: 14 to 25 %
    age_mean: float = 55.0  # the same surveys
    age_sd: float = 6.0  # the same surveys
    in_belgium: float = 0.82  # assumed: one country with partners in 25 others
    bilingual_brussels: float = 0.30  # above the 7 % of jobseekers, as senior profiles are: assumed
    bilingual_elsewhere: float = 0.45  # second national language at B2 or more: assumed
    day_rate_median: float = 745.0  # euro; with the spread below the mean is 750 to 800 in Belgium
    day_rate_spread: float = 0.17  # s.d. of the logarithm beside function and seniority
    second_function: float = 0.30  # share with a neighbouring second profession: assumed
    oversellers: float = 0.15  # assumed: claim topics that they have hardly done
    understated: float = 0.15  # assumed: good people who write little

    # Missions
    reasons: dict[str, float] = field(default_factory=_reasons)
    months_median: float = 8.5  # lognormal; mean about 9.5, surveys: 9 (FR) to 11.4 (EU)
    months_spread: float = 0.45  # most missions then last 6 to 12 months
    event_rate: float = 0.09  # chance of an event per role and dimension at level 1: assumed

    # Documents
    pdf: float = 0.10  # shares of the CVs that come as a file, the rest as text in the table
    docx: float = 0.10
    json_resume: float = 0.02
    txt: float = 0.03
    mixed_language: float = 0.08  # CVs with some bullets in English, assumed
    typos: float = 0.12  # CVs with a handful of slips, assumed
    missing: float = 0.08  # chance that an optional field of a candidate is empty, assumed

    # Briefs
    brief_languages: dict[str, float] = field(default_factory=_brief_languages)
    demand: dict[str, tuple[float, ...]] = field(default_factory=_demand)
    prose_only: float = 0.18  # briefs that are a title and an e-mail, assumed
    partial: float = 0.15  # briefs with several empty fields, assumed
    rigid: float = 0.08  # wish lists that hardly anybody meets, assumed
    contradictory: float = 0.04  # text and fields disagree, assumed
    second_version: float = 0.10  # briefs that were realigned, assumed

    # Recruiters: whom they put forward
    missions_per_lead: float = 0.42  # survey of providers; sets how many briefs the past holds
    shortlist_length: float = 3.5  # expected; the market presents about three within 48 hours
    recruiter_noise: float = 0.11  # s.d. on a fit in [0, 1]; recruiters agree at kappa .49
    recruiter_sharpness: float = 14.0  # of the chance to be presented in perceived fit: assumed

    # Clients: whom they choose, in the order found among Belgian clients; sizes assumed
    choice_experience: float = 6.0
    choice_availability: float = 2.0
    choice_attitude: float = 1.4
    choice_industry: float = 0.9
    choice_fee: float = -0.6
    choice_nobody: float = 8.35  # utility of nobody; set so that missions_per_lead comes out

    # Outcomes: an ordered logit. Assumed sizes, written to the truth folder
    outcome_technical: float = 5.0  # per unit of true technical fit
    outcome_adaptability: float = 3.0  # per unit of demand times adaptability; may be 0
    outcome_communication: float = 1.0
    outcome_impression: float = 0.0  # per unit of what the recruiter saw beyond fit: assumed none
    outcome_noise: float = 1.0  # scale of the logistic error
    cut_early: float = 1.12  # below: ended early because of the candidate (.053 of placements)
    cut_extended: float = 4.26  # above: extended or hired again (.45, no source: sweep)
    client_failure: float = 0.027  # ended early because of the client: a third of .08, sweep


@dataclass(frozen=True, kw_only=True)
class World:
    """What every draw depends on: the market, the day on which the agency exports, the seed."""

    seed: int
    as_of: date
    market: Market
