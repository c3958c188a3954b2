"""Promotes a challenger that passes the declared gates, and takes a promotion back."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polars as pl

from data.errors import InputError
from evaluation.gates import GATES, Gates, read_gates
from evaluation.promotion import Trial, Verdict, judge, pairs_hash, per_brief
from models.weights import registry
from models.weights.champion import Weights, promote
from pipeline.audit.log import record
from pipeline.backtest.replay import replay
from pipeline.backtest.reweigh import reweigh
from pipeline.journal import Journal
from pipeline.nights.lock import run_lock
from pipeline.registry.provenance import inbox_hash
from pipeline.settings import Settings

_SAME = 1e-9  # weights this near are the same


@dataclass(frozen=True, kw_only=True)
class Examination:
    """What the gates say of a challenger, and what was held against what (SHA-256 in hex)."""

    champion: Weights
    challenger: Weights
    verdict: Verdict
    evaluation: dict[str, Any]
    champion_sha256: str


def examine(
    runs: Path, weights_id: str, inbox: Path, settings: Settings, journal: Journal
) -> Examination:
    """Judge a challenger on the briefs that came in after those it was fitted on.

    All challengers of the registry are tested, each on its own held-out briefs, and share one
    correction for it: one that was added to be thrown away counts, also when its file is gone.

    Raises:
        InputError: there is no such challenger, it does not say what it was fitted on, or the
            inbox cannot be used.
    """
    champion, before = registry.read_champion(runs), registry.sha256(registry.champion_path(runs))
    challenger = _named(runs, weights_id, champion)
    family = [one for one in registry.challengers(runs) if _differs(one, champion)]
    gates = read_gates()
    pairs = replay(inbox, runs, settings, journal)
    with journal.stage("gates", len(family)) as done:
        trials = []
        for one in family:
            trials.append(trial(pairs, champion, one, settings))
            done(1)
        verdict = judge(trials, gates, withdrawn=_withdrawn(runs))[weights_id]
    own = next(found for found in trials if found.weights_id == weights_id)
    return Examination(
        champion=champion,
        challenger=challenger,
        verdict=verdict,
        evaluation=_evaluation(own, verdict, gates, inbox, pairs),
        champion_sha256=before,
    )


def trial(pairs: pl.DataFrame, champion: Weights, challenger: Weights, settings: Settings) -> Trial:
    """The challenger beside the champion, on the pairs of briefs that it was not fitted on."""
    if challenger.fitted is None:
        raise ValueError(f"{challenger.weights_id} must say on which briefs it was fitted.")
    held_out = pairs.filter(pl.col("received_at") > challenger.fitted.until)
    return Trial(
        weights_id=challenger.weights_id,
        weights=challenger.weights,
        bounds=champion.bounds,
        before=reweigh(held_out, champion, settings.night.weights),
        after=reweigh(held_out, challenger, settings.night.weights),
    )


def conclude(runs: Path, examined: Examination, *, dry_run: bool = False) -> None:
    """Install a challenger that passed every gate; log it also when it did not, or on a dry run.

    Raises:
        InputError: the champion has changed since the examination.
        LockError: a night works in `runs`.
    """
    with run_lock(runs):
        if registry.sha256(registry.champion_path(runs)) != examined.champion_sha256:
            raise InputError(
                "A challenger must be judged against the present champion; it has changed since. "
                "Run the promotion again."
            )
        facts = _short(examined)
        if dry_run or not examined.verdict.passes:
            registry.log(runs, "tested" if dry_run else "refused", facts)
            record(runs, "promotion_tested" if dry_run else "promotion_refused", facts)
            return
        following = promote(
            examined.champion,
            weights_id=examined.challenger.weights_id,
            promoted=f"{datetime.now(UTC):%Y-%m-%d}",
            weights=examined.challenger.weights,
            evaluation=examined.evaluation,
            fitted=examined.challenger.fitted,
        )
        change = registry.install(runs, following, facts)
        record(runs, "promotion", {"before": change.before, "after": change.after, **facts})


def rollback(runs: Path) -> registry.Change:
    """Put back the champion that the present one replaced, byte for byte.

    Raises:
        InputError: there is none, or its kept file was changed.
        LockError: a night works in `runs`.
    """
    with run_lock(runs):
        change = registry.restore(runs)
        name = registry.read_champion(runs).weights_id
        changed = {"before": change.before, "after": change.after}
        record(runs, "rollback", {"weights_id": name, **changed})
        return change


def _differs(challenger: Weights, champion: Weights) -> bool:
    """Whether it can be tested: other weights, and a record of what they were fitted on."""
    steps = [abs(challenger.weights[name] - champion.weights[name]) for name in champion.weights]
    return max(steps) > _SAME and challenger.fitted is not None


def _withdrawn(runs: Path) -> int:
    """How many challengers were added once and are gone from the folder."""
    added = {line["weights_id"] for line in registry.history(runs) if line["event"] == "added"}
    return len(added - {one.weights_id for one in registry.challengers(runs)})


def _named(runs: Path, weights_id: str, champion: Weights) -> Weights:
    found = {one.weights_id: one for one in registry.challengers(runs)}
    if weights_id in found and found[weights_id].fitted is None:
        raise InputError(
            f"A challenger must say on which briefs it was fitted, so that it is judged on others; "
            f"{weights_id} does not. Fit it with `briefmatch retune`, or set it in `make tuner`."
        )
    if weights_id not in found or not _differs(found[weights_id], champion):
        raise InputError(
            f"A promotion needs a challenger with weights other than the champion's "
            f"({champion.weights_id}), got {weights_id!r}. "
            f"Known are {', '.join(found) or 'none: `briefmatch retune` adds one'}."
        )
    return found[weights_id]


def _evaluation(
    own: Trial, verdict: Verdict, gates: Gates, inbox: Path, pairs: pl.DataFrame
) -> dict[str, Any]:
    name = gates.gain.measure
    means = {
        when: per_brief(part, name)[name].mean()
        for when, part in (("before", own.before), ("after", own.after))
    }
    return {
        "measure": name,
        **means,
        **verdict.facts(),
        "held_out_from": own.before["received_at"].min(),
        "inbox": inbox_hash(inbox),
        "pairs": pairs_hash(pairs),
        "gates_sha256": registry.sha256(GATES),
    }


def _short(examined: Examination) -> dict[str, Any]:
    """The figures that a log line carries."""
    verdict = examined.verdict
    return {
        "weights_id": examined.challenger.weights_id,
        "champion": examined.champion.weights_id,
        "failed": [found.gate for found in verdict.findings if not found.passes],
        "gain": verdict.gain and round(verdict.gain.mean, 4),
        "p_holm": round(verdict.p_holm, 4),
        "challengers": verdict.family,
        "gates_sha256": examined.evaluation["gates_sha256"],
    }
