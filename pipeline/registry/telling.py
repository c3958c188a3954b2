"""Puts the registry into words for a terminal."""

from pathlib import Path

import polars as pl

from models.weights import registry
from models.weights.champion import Weights
from pipeline.registry.changes import Tonight
from pipeline.registry.promotion import Examination

_MOST_CHANGES = 10


def listing(runs: Path) -> str:
    """The champion and its challengers, one line each, and what happened last to each."""
    champion = registry.read_champion(runs)
    digest = registry.sha256(registry.champion_path(runs))[:12]
    last = {line["weights_id"]: line for line in registry.history(runs)}
    lines = [
        f"champion    {champion.weights_id:<24} {champion.promoted}  {digest}  {_origin(champion)}"
    ]
    for one in registry.challengers(runs):
        event = last.get(one.weights_id, {"event": "found", "at": ""})
        lines.append(
            f"challenger  {one.weights_id:<24} {event['at'][:10]:<10}  {event['event']:<12}  "
            f"{_origin(one)}"
        )
    return "\n".join(lines)


def showing(runs: Path, weights: Weights) -> str:
    """Weights with their bounds, what they were fitted on, and what promoted them."""
    lines = [f"{weights.weights_id}, {_origin(weights)}"]
    for name, weight in weights.weights.items():
        low, high = weights.bounds[name]
        lines.append(f"  {name:<14} {weight:6.3f}   in [{low:.2f}, {high:.2f}]")
    if weights.promoted and weights.evaluation:
        told = weights.evaluation
        lines.append(
            f"promoted {weights.promoted}: {told['measure']} {told['before']:.3f} → "
            f"{told['after']:.3f} on briefs from {told['held_out_from']}"
        )
    lines += [
        f"{line['at']}  {line['event']}"
        for line in registry.history(runs)
        if line["weights_id"] == weights.weights_id
    ]
    return "\n".join(lines)


def difference(before: Weights, after: Weights) -> str:
    """Weight by weight, from one to the other."""
    lines = [f"{'':<14} {before.weights_id:>12} {after.weights_id:>12}   change"]
    for name, weight in before.weights.items():
        other = after.weights[name]
        lines.append(f"{name:<14} {weight:12.3f} {other:12.3f}   {other - weight:+.3f}")
    return "\n".join(lines)


def examination(examined: Examination, tonight: Tonight | None) -> str:
    """The gates with their figures, and whom the challenger would bring onto a shortlist."""
    head = f"{examined.challenger.weights_id} against {examined.champion.weights_id}"
    told = _told(tonight) if tonight else ["tonight: no night is published, nothing to compare"]
    return "\n".join([head, examined.verdict.to_text(), *told])


def _told(tonight: Tonight) -> list[str]:
    changes, titles = tonight.changes, tonight.titles
    enter = changes.filter(pl.col("change") == "enters")
    lines = [
        f"tonight: {enter.height} would enter a shortlist, "
        f"on {enter['brief_id'].n_unique()} of {len(titles)} briefs"
    ]
    moved = (pl.col("before").cast(pl.Int64) - pl.col("after").cast(pl.Int64)).abs()
    farthest = changes.sort(moved, "brief_id", "candidate_id", descending=[True, False, False])
    for row in farthest.head(_MOST_CHANGES).iter_rows(named=True):
        lines.append(
            f"  {row['brief_id']}  {titles.get(row['brief_id'], '')[:32]:<32}  {row['change']}  "
            f"{row['candidate_id']}  {row['before']} → {row['after']}"
        )
    if changes.height > _MOST_CHANGES:
        lines.append(f"  and {changes.height - _MOST_CHANGES} smaller moves")
    return lines


def _origin(weights: Weights) -> str:
    if weights.fitted is None:
        return "set by hand"
    fitted = weights.fitted
    return f"{fitted.method}, {fitted.briefs} briefs until {fitted.until}"
