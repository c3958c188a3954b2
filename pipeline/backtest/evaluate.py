"""A backtest from end to end: replay the past, measure it, write the report."""

import json
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import polars as pl

from data.errors import InputError
from evaluation.findings import assess
from evaluation.labels import outcome_labels
from models.weights.registry import read_champion
from pipeline.audit.log import record
from pipeline.backtest.page import Made, evaluation_page
from pipeline.backtest.replay import key_of, past_inbox, replay_past
from pipeline.journal import Journal
from pipeline.settings import Settings

_DECIMALS = 6


def evaluate(
    inbox: Path,
    runs: Path,
    settings: Settings,
    journal: Journal,
    *,
    since: date | None = None,
    until: date | None = None,
    truth: Path | None = None,
) -> Path:
    """Backtest the weights in use and write `runs/evaluations/<stamp>_<key>/`.

    The folder holds `evaluation.json` and `evaluation.html`; the same past and weights give the
    same bytes. `truth` is the folder `truth` of a simulated agency, whose own ranking is added.

    Raises:
        InputError: the inbox cannot be used, or tells nothing of what came of a brief.
    """
    with journal.stage("look"):
        past = past_inbox(inbox, runs, settings)
        labels = outcome_labels(past.presentations, past.placements)
    if labels.is_empty():
        raise InputError(
            "A backtest needs to know what came of past briefs; neither `presentations` nor "
            f"`placements` of {inbox} holds a row. Export them, or take down decisions with "
            "`briefmatch decision`."
        )
    replayed = replay_past(inbox, runs, settings, journal, since=since, until=until)
    pairs = replayed.pairs
    with journal.stage("measure"):
        findings = assess(
            pairs, labels, past.placements, past.feedback, replayed.stopped, _truth(truth)
        )
    made = Made(
        weights_id=read_champion(runs).weights_id,
        key=key_of(pairs),
        origin_days=settings.backtest.origin_days,
        rewritten=settings.backtest.rewritten_sections,
        updated_later=_updated_later(pairs, past.candidates),
    )
    stamp = f"{datetime.now(UTC):%Y-%m-%dT%H-%M-%SZ}_{made.key}"
    folder = runs / "evaluations" / stamp
    folder.mkdir(parents=True)
    record_ = {"made": asdict(made), "findings": asdict(findings)}
    text = json.dumps(_rounded(record_), indent=1, sort_keys=True, default=str)
    (folder / "evaluation.json").write_text(text + "\n", encoding="utf-8")
    (folder / "evaluation.html").write_text(evaluation_page(findings, made), encoding="utf-8")
    facts = {"folder": stamp, "pairs": made.key, "weights_id": made.weights_id}
    record(runs, "evaluation", facts)
    return folder


def _truth(folder: Path | None) -> pl.DataFrame | None:
    if folder is None:
        return None
    file = folder / "pairs.parquet"
    if not file.is_file():
        raise InputError(
            f"--truth must be the folder `truth` of a simulated agency; {file} is not there. "
            "`briefmatch sample` writes one."
        )
    return pl.read_parquet(file).select("brief_id", "candidate_id", score="prospect")


def _updated_later(pairs: pl.DataFrame, candidates: pl.DataFrame) -> float:
    both = pairs.select("candidate_id", "as_of").join(
        candidates.select("candidate_id", "updated_at"), on="candidate_id", how="left"
    )
    later = (pl.col("updated_at") > pl.col("as_of")).fill_null(value=True)
    return float(both.select(later.alias("later"))["later"].to_numpy().mean())


def _rounded(value: Any) -> Any:  # noqa: ANN401 whatever a record holds
    """Floats to six decimals, so that the last digits of a machine do not show."""
    if isinstance(value, float):
        return round(value, _DECIMALS)
    if isinstance(value, dict):
        return {str(key): _rounded(own) for key, own in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(own) for own in value]
    return value
