"""Retuning from end to end: an inbox's past in, a challenger in the registry out."""

import hashlib
import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import polars as pl

from evaluation.retune.learn import Retuned, RetuneSettings, retune, set_apart, units
from models.weights.champion import Weights
from models.weights.registry import add_challenger, read_champion
from pipeline.backtest.replay import key_of, replay
from pipeline.journal import Journal
from pipeline.learning.effects import Effects, effects
from pipeline.registry.provenance import fit_of
from pipeline.settings import Settings

_TRY = 0.05  # share of the work after which the rest can be estimated


@dataclass(frozen=True, kw_only=True)
class Retuning:
    """A challenger, where it is kept, what was learnt, and what it would change."""

    champion: Weights
    challenger: Weights
    path: Path
    learnt: Retuned
    effects: Effects


def retune_inbox(
    inbox: Path, runs: Path, settings: Settings, how: RetuneSettings, journal: Journal
) -> Retuning:
    """Learn weights from the past of an inbox and keep them as a challenger.

    The same inbox, settings and champion give the same challenger, byte for byte.

    Raises:
        InputError: the inbox cannot be used, or its past tells too little for the objective.
    """
    pairs = replay(inbox, runs, settings, journal)
    champion = read_champion(runs)
    with journal.stage("learn", units(how)) as done:
        told = _estimated(done, units(how), journal)
        learnt = retune(pairs, champion.weights, champion.bounds, how, told)
    seen, held_out = set_apart(pairs, how)
    weights = {name: one.challenger for name, one in learnt.weights.items()}
    method = f"pairwise logistic, objective {how.objective}"
    challenger = Weights(
        weights_id=f"{how.objective}-{_digest(pairs, champion, how)}",
        promoted="",
        weights=weights,
        bounds=champion.bounds,
        fitted=fit_of(method, inbox, seen, pairs, how.seed),
        evaluation=_figures(learnt),
    )
    with journal.stage("compare"):
        tried = seen if held_out is None else pairs.join(seen, on="brief_id", how="anti")
        changed = effects(tried, champion, challenger, settings)
    return Retuning(
        champion=champion,
        challenger=challenger,
        path=add_challenger(runs, challenger),
        learnt=learnt,
        effects=changed,
    )


def _digest(pairs: pl.DataFrame, champion: Weights, how: RetuneSettings) -> str:
    told = [key_of(pairs), dict(champion.weights), dict(champion.bounds), asdict(how)]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:8]


def _figures(learnt: Retuned) -> dict[str, object]:
    """What the file of the challenger says of it, rounded to what can be read."""
    text = json.dumps(asdict(learnt), default=str)
    figures: dict[str, object] = json.loads(text, parse_float=lambda found: round(float(found), 4))
    return figures


def _estimated(done: Callable[[int], None], total: int, journal: Journal) -> Callable[[int], None]:
    """`done`, which says once how long the rest will take about."""
    started, finished, said = time.perf_counter(), 0, False

    def tell(count: int) -> None:
        nonlocal finished, said
        finished += count
        if not said and finished >= _TRY * total:
            rest = (time.perf_counter() - started) / finished * (total - finished)
            journal.info(f"learning takes about {rest:.0f} s more")
            said = True
        done(count)

    return tell
