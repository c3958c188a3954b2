"""Whether a challenger's weights may replace the champion's: declared gates, held-out briefs."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import polars as pl

from evaluation.calibration import EVENTS, fit_curve
from evaluation.gates import Gates
from evaluation.runs import evaluate
from evaluation.significance import Difference, holm, paired_randomization

_FOLDS = 5


@dataclass(frozen=True, kw_only=True)
class Trial:
    """A challenger and the same held-out pairs under the champion (`before`) and under it.

    The pairs are those of `evaluation.pairs.Pairs`; `bounds` is the envelope of the champion.
    """

    weights_id: str
    weights: Mapping[str, float]
    bounds: Mapping[str, tuple[float, float]]
    before: pl.DataFrame
    after: pl.DataFrame


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What one gate found, as a sentence with its figures."""

    gate: str
    passes: bool
    text: str


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What all gates found of one challenger; `gain` is null where there is nothing to test on.

    `slices`: column, value, briefs, loss. `calibration`: rise of the Brier score of every
    event of `evaluation.calibration`; null where too few cases are known.
    """

    weights_id: str
    gain: Difference | None
    p_holm: float
    family: int
    slices: pl.DataFrame
    calibration: Mapping[str, Difference | None]
    findings: tuple[Finding, ...]

    @property
    def passes(self) -> bool:
        """Whether every gate passes."""
        return all(finding.passes for finding in self.findings)

    def facts(self) -> dict[str, Any]:
        """The figures, for the record of a promotion."""
        return {
            "gain": asdict(self.gain) if self.gain else None,
            "p_holm": self.p_holm,
            "challengers": self.family,
            "calibration": {
                event: asdict(rise) if rise else None for event, rise in self.calibration.items()
            },
            "slices": self.slices.to_dicts(),
            "gates": {finding.gate: finding.passes for finding in self.findings},
        }

    def to_text(self) -> str:
        """One line a gate."""
        return "\n".join(
            f"{'passed' if finding.passes else 'FAILED'}  {finding.gate:<11}  {finding.text}"
            for finding in self.findings
        )


def judge(trials: Sequence[Trial], gates: Gates, *, withdrawn: int = 0) -> dict[str, Verdict]:
    """The verdict on every challenger by its id; all of them form one family of tests.

    `withdrawn` counts the challengers that were there once and cannot be tested any more.
    """
    per_brief = {trial.weights_id: _changes(trial, gates) for trial in trials}
    gains = {
        name: paired_randomization(changes["change"], level=1 - gates.gain.level)
        if changes.height >= max(gates.gain.least_briefs, 1)
        else None
        for name, changes in per_brief.items()
    }
    family = len(trials) + withdrawn
    tests = [gain.p if gain else 1.0 for gain in gains.values()]
    p_holm = dict(zip(gains, holm([*tests, *[1.0] * withdrawn]), strict=False))
    verdicts = {}
    for trial in trials:
        name = trial.weights_id
        slices = _slices(per_brief[name], gates)
        calibration = {event: _rise(trial, event, gates) for event in EVENTS}
        verdicts[name] = Verdict(
            weights_id=name,
            gain=gains[name],
            p_holm=p_holm[name],
            family=family,
            slices=slices,
            calibration=calibration,
            findings=(
                _envelope(trial),
                _gain(gains[name], p_holm[name], family, per_brief[name].height, gates),
                _no_slice_loses(slices, gates),
                _calibrated(calibration, gates),
            ),
        )
    return verdicts


def per_brief(pairs: pl.DataFrame, measure: str) -> pl.DataFrame:
    """A measure of every brief over its presented and decided candidates: brief_id, measure.

    Who was never presented is unknown and left out (condensed lists, Sakai 2007), and so are briefs
    in which no order could matter, as nobody got further than another.
    """
    unequal = pl.col("grade").n_unique().over("brief_id") > 1
    judged = pairs.filter(pl.col("grade").is_not_null()).filter(unequal)
    run = judged.select("brief_id", "candidate_id", score=-pl.col("rank").cast(pl.Float64))
    return evaluate(run, judged, [measure])


def pairs_hash(pairs: pl.DataFrame) -> str:
    """SHA-256 of the pairs as CSV, in order of brief and candidate, columns by name."""
    ordered = pairs.select(sorted(pairs.columns)).sort("brief_id", "candidate_id")
    return hashlib.sha256(ordered.write_csv().encode()).hexdigest()


def squared_errors(pairs: pl.DataFrame, event: str) -> pl.DataFrame:
    """Squared error of the probability that a score stands for: brief_id, error; a row a case.

    `event`: one of `evaluation.calibration.EVENTS`. The score of each case becomes a probability by
    a curve fitted on the other briefs (five folds), or by their share where they are too few for a
    curve. The mean of the errors is the Brier score.
    """
    cases = (
        pairs.with_columns(pl.col("function").fill_null(""), happened=EVENTS[event][0])
        .filter(pl.col("happened").is_not_null())
        .sort("brief_id", "candidate_id")
        .with_columns(fold=pl.col("brief_id").rank("dense") % _FOLDS)
    )
    errors = np.empty(cases.height)
    for fold in cases["fold"].unique():
        own, others = cases.filter(fold=fold), cases.filter(pl.col("fold") != fold)
        curve, happened = fit_curve(others), others["happened"].to_numpy().astype(np.float64)
        foretold = np.full(own.height, happened.mean() if happened.size else 0.5)
        if curve:
            foretold = curve.probability(own["score"].to_numpy(), own["function"].to_list())
        truth = own["happened"].to_numpy().astype(np.float64)
        errors[(cases["fold"] == fold).to_numpy()] = (truth - foretold) ** 2
    return cases.select("brief_id", error=pl.Series(errors, dtype=pl.Float64))


def _changes(trial: Trial, gates: Gates) -> pl.DataFrame:
    """The change of the measure in every held-out brief, with the columns of the slices."""
    name = gates.gain.measure
    both = per_brief(trial.before, name).join(
        per_brief(trial.after, name), on="brief_id", suffix=" after"
    )
    facts = trial.before.select("brief_id", *gates.slices.columns).unique("brief_id")
    return both.select("brief_id", change=pl.col(f"{name} after") - pl.col(name)).join(
        facts, on="brief_id", maintain_order="left"
    )


def _slices(changes: pl.DataFrame, gates: Gates) -> pl.DataFrame:
    parts = [
        changes.group_by(pl.col(name).fill_null("not given").alias("value"))
        .agg(briefs=pl.len(), loss=-pl.col("change").mean())
        .select(pl.lit(name).alias("column"), "value", "briefs", "loss")
        for name in gates.slices.columns
    ]
    return pl.concat(parts).sort("column", "value")


def _rise(trial: Trial, event: str, gates: Gates) -> Difference | None:
    """How much the Brier score of an event rises in a brief; null with too few cases."""
    before, after = squared_errors(trial.before, event), squared_errors(trial.after, event)
    if before.height < max(gates.calibration.least_cases, 1):
        return None
    rise = before.with_columns(rise=after["error"] - before["error"])
    return paired_randomization(
        rise.group_by("brief_id", maintain_order=True).agg(pl.col("rise").mean())["rise"],
        level=1 - gates.gain.level,
    )


def _envelope(trial: Trial) -> Finding:
    out = [
        f"{name} {trial.weights.get(name, 0):.3f} is not in [{low:g}, {high:g}]"
        for name, (low, high) in trial.bounds.items()
        if not low - 1e-9 <= trial.weights.get(name, 0) <= high + 1e-9
    ]
    text = "; ".join(out) or "every weight lies in the champion's bounds"
    return Finding(gate="envelope", passes=not out, text=text)


def _gain(
    gain: Difference | None, p_holm: float, family: int, briefs: int, gates: Gates
) -> Finding:
    gate = gates.gain
    must = f"{gate.measure} must rise by {gate.least:g} at p ≤ {gate.level:g}"
    if gain is None:
        few = f"with {briefs} held-out briefs of the {gate.least_briefs} needed there is no test"
        return Finding(gate="gain", passes=False, text=f"{must}; {few}")
    text = (
        f"{must}; it changes by {gain.mean:+.4f} [{gain.low:+.4f}, {gain.high:+.4f}] on "
        f"{gain.briefs} held-out briefs, p = {gain.p:.4f}, {p_holm:.4f} by Holm over {family}"
    )
    return Finding(gate="gain", passes=gain.mean >= gate.least and p_holm <= gate.level, text=text)


def _no_slice_loses(slices: pl.DataFrame, gates: Gates) -> Finding:
    gate = gates.slices
    judged = slices.filter(pl.col("briefs") >= gate.least_briefs)
    losers = judged.filter(pl.col("loss") > gate.most_loss).sort("loss", descending=True)
    told = [
        f"{row['column']} {row['value']} loses {row['loss']:.4f} ({row['briefs']} briefs)"
        for row in losers.iter_rows(named=True)
    ]
    fine = f"none of {judged.height} loses more than {gate.most_loss:g}"
    found = "; ".join(told) or fine if judged.height else "none is large enough"
    small = f"{slices.height - judged.height} with fewer than {gate.least_briefs} briefs not judged"
    return Finding(gate="slices", passes=not told, text=f"{found}; {small}")


def _calibrated(rises: Mapping[str, Difference | None], gates: Gates) -> Finding:
    gate = gates.calibration
    told = [
        f"{event}: {rise.mean:+.4f} [{rise.low:+.4f}, {rise.high:+.4f}] on {rise.briefs} briefs"
        if rise
        else f"{event}: fewer than {gate.least_cases} cases, not judged"
        for event, rise in rises.items()
    ]
    judged = [rise.mean for rise in rises.values() if rise]
    return Finding(
        gate="calibration",
        passes=bool(judged) and max(judged) <= gate.most_rise,
        text=f"no Brier score may rise by more than {gate.most_rise:g}; {'; '.join(told)}",
    )
