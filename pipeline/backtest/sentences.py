"""What a backtest found, in sentences that a manager reads first."""

from collections.abc import Mapping
from typing import Final

from evaluation.compared import BLEND, RANDOM, RECRUITERS
from evaluation.estimates import FLOOR, Estimate
from evaluation.findings import Findings
from evaluation.significance import Difference

RANKINGS: Final[Mapping[str, str]] = {
    BLEND: "briefmatch, the weights in use",
    "bm25": "BM25 (shared words)",
    "encoder": "plain encoder (cosine)",
    RANDOM: "chance",
    RECRUITERS: "what recruiters presented",
    "truth": "the truth of the simulated agency",
}
MEASURES: Final[Mapping[str, str]] = {
    "recall@10": "recall@10",
    "mrr": "mrr",
    "ndcg@5": "ndcg@5",
    "ndcg@10": "ndcg@10",
}
COLUMNS: Final[Mapping[str, str]] = {
    "function": "Function",
    "reason": "Reason of the brief",
    "seniority": "Seniority of the brief",
    "brief_language": "Language of the brief",
    "cv_language": "Language of the CV",
    "cv_and_brief": "CV beside brief",
}
GOALS: Final[Mapping[str, str]] = {
    "completed": "did not end early through the candidate",
    "extended": "was extended or led to a re-hire",
}
EVENTS: Final[Mapping[str, str]] = {
    "taken": "A presented candidate is taken",
    "went well": "A mission does not end early through the candidate",
    "extended": "A mission is extended or leads to a re-hire",
}
_TASKS: Final = {
    "recall@10": "At finding the person whom the client took",
    "ndcg@10": "At ordering those who were presented",
}
_NAMES: Final = {"bm25": "BM25", "encoder": "the plain encoder", RANDOM: "chance"}
_VERDICTS: Final = ("better than", "worse than", "not clearly different from")
_SURE: Final = 0.05
_SAME: Final = 0.02  # spread of a component below which it told nobody apart


def headline(findings: Findings) -> str:
    """One plain sentence: how often the taken candidate stood in the first ten."""
    found = {name: own["recall@10"] for name, own in findings.measures.items()}
    ours = found[BLEND]
    if ours.mean is None:
        return (
            f"Too few past briefs to say how good the ranking is: in {ours.n} of "
            f"{findings.counts.briefs} briefs the client took somebody, and {FLOOR} are needed."
        )
    return (
        f"In {ours.n} past briefs in which the client took somebody, that person stood among the "
        f"first ten of the ranking {_share(ours)} of the time ({_range(ours)}); "
        f"with BM25 {_share(found['bm25'])}, by chance {_share(found[RANDOM])}."
    )


def conclusion(findings: Findings) -> str:
    """What one may say of the ranking, without figures."""
    told = []
    for measure, words in _TASKS.items():
        groups: dict[str, list[str]] = {}
        for other, tests in findings.against.items():
            if measure in tests:
                groups.setdefault(_against(tests[measure]), []).append(_NAMES[other])
        if groups:
            each = [f"{v} {_listed(groups[v])}" for v in _VERDICTS if v in groups]
            told.append(f"{words}, it is {', but '.join(each)}.")
    return " ".join(told)


def tests(findings: Findings) -> list[str]:
    """The figures behind the conclusion, one sentence a measure."""
    return [
        f"{measure}, difference from "
        + "; ".join(
            f"{_NAMES[other]} {_change(own[measure].mean)} ({_change(own[measure].low)} to "
            f"{_change(own[measure].high)}, {_p(own[measure].p)})"
            for other, own in findings.against.items()
        )
        + "."
        for measure in _TASKS
        if all(measure in own for own in findings.against.values())
    ]


def cannot_tell(findings: Findings) -> list[str]:
    """What the figures must not be read as."""
    counts = findings.counts
    told = [
        "Whether a candidate whom nobody presented would have been better: an unknown candidate "
        "counts as not taken, so the places among all are bounds from below, and clients could "
        "only take whom recruiters liked.",
        "Whether recruiters find better people: their list holds the person taken by construction, "
        "so its row is no rival but the frame in which the outcomes arose.",
        f"How missions go for those who were never placed: {counts.ended} placements have ended "
        f"with a known outcome, {counts.failed} of them early through the manager. "
        f"Failures caused by clients or circumstances are set apart: {counts.client_caused}.",
    ]
    if same := [name for name, spread in spreads(findings).items() if spread < _SAME]:
        told.append(
            f"What {_listed([name.replace('_', ' ') for name in same])} would earn: an export "
            "cannot date what it is made of, or too little was known by then, so in this past it "
            "said nearly the same of everybody."
        )
    if counts.missed:
        by_gate = ", ".join(
            f"{gate.replace('_', ' ')} {presented} ({taken} taken)"
            for gate, (presented, taken) in counts.stopped.items()
        )
        told.append(
            f"How {counts.missed} of the {counts.presented} presented would have fared: a gate had "
            f"stopped them, so that they count as missed ({by_gate or 'CV not read'}). Where many "
            "were taken, the gate is stricter than the clients."
        )
    return told


def spreads(findings: Findings) -> dict[str, float]:
    """How much each component told candidates of one brief apart."""
    return {one.component: one.spread for one in findings.ablation}


def earns(findings: Findings, component: str) -> str | None:
    """Whether the backtest supports a component's weight, by order, place and outcome."""
    tests = {one.measure: one for one in findings.ablation if one.component == component}
    order = tests.get("ndcg@10")
    if order is None or order.loss.mean is None:
        return None
    name = component.replace("_", " ")
    where = "worse" if order.loss.mean > 0 else "better"
    sure = order.p is not None and order.p <= _SURE
    outcome = next(
        (o.area for o in findings.success if o.score == component and o.goal == "extended"), None
    )
    told = (
        f"Without {name} (weight {order.weight:.2f}) the order of the presented gets {where} by "
        f"{abs(order.loss.mean):.3f} ndcg@10, interval of the loss {_signed(order.loss)}: "
        f"{'more than luck' if sure else 'within luck'}."
    )
    if outcome and outcome.mean is not None:
        told += (
            f" Of two placed candidates, the one whose mission was extended had the higher {name} "
            f"{100 * outcome.mean:.0f} % of the time ({_range(outcome)}; 50 % would be luck)."
        )
    return told


def _against(test: Difference) -> str:
    better, worse, unclear = _VERDICTS
    if test.p > _SURE:
        return unclear
    return better if test.mean > 0 else worse


def _listed(names: list[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} or {last}" if first else last


def _change(value: float) -> str:
    return f"{round(value, 2) + 0.0:+.2f}"  # no negative zero


def _p(p: float) -> str:
    return "p < 0.001" if p < 0.001 else f"p = {p:.3f}"


def _share(one: Estimate) -> str:
    return "too seldom known" if one.mean is None else f"{100 * one.mean:.0f} %"


def _range(one: Estimate) -> str:
    return f"{100 * (one.low or 0):.0f} to {100 * (one.high or 0):.0f} %"


def _signed(one: Estimate) -> str:
    return f"{one.low or 0:+.3f} to {one.high or 0:+.3f}"
