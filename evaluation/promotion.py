"""Whether a challenger's weights may replace the champion's: declared gates, held-out briefs."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

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

    `slices`: column, value, briefs, loss. `calibration`: mean rise of the Brier score.
    """

    weights_id: str
    gain: Difference | None
    p_holm: float
    family: int
    slices: pl.DataFrame
    calibration: Difference | None
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
            "calibration": asdict(self.calibration) if self.calibration else None,
            "slices": self.slices.to_dicts(),
            "gates": {finding.gate: finding.passes for finding in self.findings},
        }

    def to_text(self) -> str:
        """One line a gate."""
        return "\n".join(
            f"{'passed' if finding.passes else 'FAILED'}  {finding.gate:<11}  {finding.text}"
            for finding in self.findings
        )


def judge(trials: Sequence[Trial], gates: Gates) -> dict[str, Verdict]:
    """The verdict on every challenger by its id; all of them form one family of tests."""
    per_brief = {trial.weights_id: _changes(trial, gates) for trial in trials}
    gains = {
        name: paired_randomization(changes["change"], level=1 - gates.gain.level)
        if changes.height >= max(gates.gain.least_briefs, 1)
        else None
        for name, changes in per_brief.items()
    }
    adjusted = holm([gain.p if gain else 1.0 for gain in gains.values()])
    p_holm = dict(zip(gains, adjusted, strict=True))
    verdicts = {}
    for trial in trials:
        name = trial.weights_id
        slices = _slices(per_brief[name], gates)
        calibration = _calibration(trial, gates)
        verdicts[name] = Verdict(
            weights_id=name,
            gain=gains[name],
            p_holm=p_holm[name],
            family=len(trials),
            slices=slices,
            calibration=calibration,
            findings=(
                _envelope(trial),
                _gain(gains[name], p_holm[name], len(trials), per_brief[name].height, gates),
                _no_slice_loses(slices, gates),
                _calibrated(calibration, trial, gates),
            ),
        )
    return verdicts


def per_brief(pairs: pl.DataFrame, measure: str) -> pl.DataFrame:
    """A measure of every brief over its presented and decided candidates: brief_id, measure.

    Who was never presented is unknown and left out (condensed lists, Sakai 2007). Briefs in which
    no order could matter are left out, as none of their candidates got further than submitted.
    """
    judged = pairs.filter(pl.col("grade").is_not_null())
    run = judged.select("brief_id", "candidate_id", score=-pl.col("rank").cast(pl.Float64))
    return evaluate(run, judged, [measure]).drop_nulls()


def success_errors(pairs: pl.DataFrame) -> pl.DataFrame:
    """Squared error of the probability of success that a score stands for: brief_id, error.

    The score of each placed candidate becomes a probability by a logistic curve fitted on the
    other briefs (five folds); the mean of the errors is the Brier score.
    """
    placed = pairs.filter(pl.col("success").is_not_null()).sort("brief_id", "candidate_id")
    score = placed["score"].to_numpy()
    success = placed["success"].to_numpy().astype(np.float64)
    fold = placed["brief_id"].rank("dense").to_numpy() % _FOLDS
    error = np.empty(placed.height)
    for number in np.unique(fold):
        own = fold == number
        error[own] = (success[own] - _probability(score[~own], success[~own], score[own])) ** 2
    return placed.select("brief_id", error=pl.Series(error, dtype=pl.Float64))


def _probability(
    score: NDArray[np.float64], success: NDArray[np.float64], asked: NDArray[np.float64]
) -> NDArray[np.float64]:
    if np.unique(success).size < 2:
        return np.full(asked.size, success.mean() if success.size else 0.5)
    centre, scale = score.mean(), score.std() or 1.0
    curve = LogisticRegression().fit(((score - centre) / scale)[:, None], success)
    found: NDArray[np.float64] = curve.predict_proba(((asked - centre) / scale)[:, None])[:, 1]
    return found


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


def _calibration(trial: Trial, gates: Gates) -> Difference | None:
    before, after = success_errors(trial.before), success_errors(trial.after)
    if before.height < max(gates.calibration.least_outcomes, 1):
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
        text = f"{must}; with {briefs} held-out briefs of the {gate.least_briefs} needed: no test"
        return Finding(gate="gain", passes=False, text=text)
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
    text = f"none of {judged.height} slices loses more than {gate.most_loss:g}"
    small = slices.height - judged.height
    text = f"{'; '.join(told) or text}; {small} with fewer than {gate.least_briefs} briefs are not"
    return Finding(gate="slices", passes=not told, text=f"{text} judged")


def _calibrated(rise: Difference | None, trial: Trial, gates: Gates) -> Finding:
    gate = gates.calibration
    if rise is None:
        known = trial.before["success"].drop_nulls().len()
        text = f"{known} of the {gate.least_outcomes} outcomes needed are known: cannot be judged"
        return Finding(gate="calibration", passes=False, text=text)
    text = (
        f"the Brier score of success may rise by {gate.most_rise:g}; it changes by "
        f"{rise.mean:+.4f} [{rise.low:+.4f}, {rise.high:+.4f}] on {rise.briefs} briefs"
    )
    return Finding(gate="calibration", passes=rise.mean <= gate.most_rise, text=text)
