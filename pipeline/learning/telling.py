"""Puts a retuning into words for a terminal."""

from evaluation.off_policy import Estimate
from evaluation.retune.comparison import Compared
from evaluation.retune.learn import Retuned
from evaluation.retune.validation import Score
from pipeline.learning.effects import TOP, Effects
from pipeline.learning.retune import Retuning


def summary(made: Retuning) -> str:
    """The challenger beside the champion, what speaks for it, and what it would change."""
    return "\n".join(
        [
            *_weights(made),
            "",
            *_compared("cross-validated, forward in time", made.learnt.cross_validated),
            *_compared("held out", made.learnt.held_out),
            "",
            *_changed(made.effects, made.learnt),
            "",
            f"challenger {made.challenger.weights_id} is in {made.path}",
        ]
    )


def _weights(made: Retuning) -> list[str]:
    learnt = made.learnt
    lines = [
        f"learnt from {learnt.preferences} preferences of {learnt.briefs} briefs, objective "
        f"{learnt.settings.objective}, pull towards the champion {learnt.strength:g}",
        f"{'':<14} {'champion':>8} {'challenger':>10}  {'95 % interval':<14}  the data alone",
    ]
    for name, one in learnt.weights.items():
        low, high = made.champion.bounds[name]
        edge = " at its bound" if one.challenger in (low, high) else ""
        lines.append(
            f"{name:<14} {one.champion:8.3f} {one.challenger:10.3f}  "
            f"[{one.low:.3f}, {one.high:.3f}]  "
            f"{one.alone:6.3f} [{one.alone_low:.3f}, {one.alone_high:.3f}]{edge}"
        )
    if learnt.weights["adaptability"].alone_low <= 0:
        lines.append("The data alone do not show that adaptability matters: its interval holds 0.")
    return lines


def _compared(what: str, found: Compared | None) -> list[str]:
    if found is None:
        return [f"{what}: nothing to compare on"]
    return [
        f"{what}: in the right order, of {found.champion.preferences} preferences of "
        f"{found.champion.briefs} briefs",
        f"  champion   {_share(found.champion)}",
        f"  challenger {_share(found.challenger)}   gain {_share(found.gain)}",
        f"  boosted trees, for comparison {_share(found.boosted)}",
    ]


def _share(score: Score) -> str:
    return f"{score.mean:.3f} [{score.low:.3f}, {score.high:.3f}]"


def _changed(found: Effects, learnt: Retuned) -> list[str]:
    which = "held-out" if learnt.settings.hold_out else "past"
    lines = [
        f"On {found.briefs} {which} briefs the first {TOP} get {found.newcomers:.1f} new names a "
        f"brief; the first place stays in {found.first_stays:.0%}."
    ]
    if found.mrr:
        (old, *_), (new, low, high) = found.mrr
        lines.append(
            f"mrr of whom the client took: champion {old:.3f}, "
            f"challenger {new:.3f} [{low:.3f}, {high:.3f}]"
        )
    lines.append("A place on its lists would have earned (off-policy):")
    lines += [f"  {name:<20} {reward:<9} {_worth(one)}" for name, reward, one in found.worth]
    return lines


def _worth(one: Estimate) -> str:
    if one.value is None:
        return f"{one.estimator:<6} not estimable: {one.why_not}"
    return (
        f"{one.estimator:<6} {one.value:.3f} [{one.low:.3f}, {one.high:.3f}]   "
        f"{one.ess:.0f} effective of {one.shown} presentations, overlap {one.overlap:.2f}"
    )
