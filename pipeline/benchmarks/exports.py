"""How long the exports take: ten thousand candidates scored on 150 briefs, every format.

python -m pipeline.benchmarks.exports [CANDIDATES] [BRIEFS] [TOP]
"""

import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from data.schema.words import PAIR
from models.components import COMPONENTS
from models.gates import GATES
from models.portfolio import assign
from pipeline.export.files import write_shortlists
from pipeline.export.settings import ExportSettings
from pipeline.stages.explain import ExplainInputs, ExplainSettings, build_shortlists

AS_OF = date(2026, 11, 22)
START, END = date(2021, 3, 1), date(2023, 6, 30)
REQUIREMENTS = 10
PASSAGES = 3  # a requirement
EVENTS = 6  # a candidate
DIMENSIONS = ("emergency", "learning", "uncertain", "interpersonal")
_LINE = "Led the consolidation of {n} entities in ten weeks and cut the monthly close by {n} %"


def main(candidates: int = 10_000, briefs: int = 150, top: int = 20) -> None:
    """Print the seconds of the stages that follow the ranking, and what they wrote."""
    settings, export = ExplainSettings(top=top), ExportSettings(language="fr")
    inputs = made_inputs(candidates, briefs, top)
    print(f"{candidates} candidates, {briefs} briefs, {inputs.longlist.height} scored pairs")  # noqa: T201
    with _timed("portfolio"):
        assignment = assign(inputs.longlist, inputs.briefs, top)
    with _timed("explain"):
        shortlists = build_shortlists(inputs, AS_OF, settings)
    with tempfile.TemporaryDirectory() as folder, _timed("write"):
        write_shortlists(Path(folder), shortlists, AS_OF, export)
        files = [file for file in Path(folder).rglob("*.*") if file.is_file()]
        size = sum(file.stat().st_size for file in files)
    shown = sum(len(shortlist.explanations) for shortlist in shortlists)
    told = f"{shown} explained, {assignment.height} proposed, {len(files)} files"
    print(f"{told}, {size / 1e6:.0f} MB")  # noqa: T201


def made_inputs(candidates: int, briefs: int, top: int) -> ExplainInputs:
    """The tables of a made night: half of the pool eligible for each brief, a fifth kept off."""
    rng = np.random.default_rng(0)
    people = pl.DataFrame({"candidate_id": [f"C{n:06}" for n in range(candidates)]})
    asked = pl.DataFrame({"brief_id": [f"B{n:05}" for n in range(briefs)]})
    ranked = [_ranking(brief, candidates, rng) for brief in asked["brief_id"]]
    longlist = pl.concat([listed for listed, _ in ranked])
    shown = longlist.filter(pl.col("rank") <= top).select(PAIR)
    evidence = shown.join(_evidence(), how="cross")
    gates = shown.join(_answers(), how="cross")
    failed = pl.concat([stopped for _, stopped in ranked])
    return ExplainInputs(
        briefs=asked.with_columns(
            title=pl.format("Interim finance director {}", "brief_id"),
            version=1,
            reason=pl.lit("crisis"),
            received_at=pl.lit(date(2026, 11, 20)),
            start_date=pl.lit(date(2026, 12, 1)),
            duration_months=9.0,
        ),
        requirements=asked.join(_requirements(), how="cross"),
        candidates=people.with_columns(
            headline=pl.format("Finance director {}", "candidate_id"), day_rate_eur=900.0
        ),
        contacts=people.with_columns(
            name=pl.format("Person {}", "candidate_id"),
            email=pl.lit("person@example.org"),
            phone=pl.lit("+32 470 12 34 56"),
        ),
        longlist=longlist,
        gates=pl.concat([gates, failed.select(gates.columns)]),
        evidence=evidence,
        adaptability=people.join(_events(), how="cross"),
        demand=asked.join(pl.DataFrame({"dimension": DIMENSIONS, "demand": 0.6}), how="cross"),
        flags=pl.DataFrame(schema=dict.fromkeys(("candidate_id", "flag"), pl.String)),
        changes=shown.with_columns(
            kind=pl.lit("day_rate"), subject=pl.lit("850"), score=0.9, rank=pl.lit(1, pl.Int32)
        ),
        near_misses=failed.group_by("brief_id", maintain_order=True).head(3).select(PAIR),
    )


def _ranking(
    brief: str, candidates: int, rng: np.random.Generator
) -> tuple[pl.DataFrame, pl.DataFrame]:
    order = rng.permutation(candidates)
    listed, kept_off = order[: candidates // 2], order[candidates // 2 : candidates * 7 // 10]
    x = rng.random((len(listed), len(COMPONENTS))).round(4)
    x = x[np.argsort(-x.mean(axis=1))]
    weight = 1 / len(COMPONENTS)
    frame = pl.DataFrame(
        {
            "brief_id": brief,
            "candidate_id": [f"C{n:06}" for n in listed],
            "rank": np.arange(1, len(listed) + 1, dtype=np.int32),
            "score": x.mean(axis=1).round(4),
            "band": np.arange(len(listed), dtype=np.int32) // 3,
            **{f"x_{name}": x[:, n] for n, name in enumerate(COMPONENTS)},
            **{f"w_{name}": np.full(len(listed), weight) for name in COMPONENTS},
            "requirement_coverage": rng.random((len(listed), REQUIREMENTS)).tolist(),
        }
    )
    stopped = pl.DataFrame(
        {"brief_id": brief, "candidate_id": [f"C{n:06}" for n in kept_off]}
    ).with_columns(gate=pl.lit("language"), answer=pl.lit("fail"), reason=pl.lit("nl B1 < C1"))
    return frame, stopped


def _requirements() -> pl.DataFrame:
    numbers = range(REQUIREMENTS)
    return pl.DataFrame(
        {
            "requirement": numbers,
            "tier": ["must" if n < 4 else "should" if n < 8 else "nice" for n in numbers],
            "text": [f"Requirement number {n} of a brief in some detail" for n in numbers],
        }
    )


def _evidence() -> pl.DataFrame:
    numbers = [(n, level) for n in range(REQUIREMENTS) for level in range(1, PASSAGES + 1)]
    return pl.DataFrame(
        {
            "requirement": [n for n, _ in numbers],
            "quote": [_LINE.format(n=10 * n + level) for n, level in numbers],
            "section": "experience",
            "start": START,
            "end": END,
            "evidence_level": [level for _, level in numbers],
            "coverage": 0.6,
            "similarity": [0.5 - level / 100 for _, level in numbers],
        }
    )


def _answers() -> pl.DataFrame:
    told = ("nl ? C1", "2026-12-01 ≤ 2026-12-01", "900 ≤ 1000 EUR", "20 km ≤ 50 km", "CPA/ITAA ✓")
    answers = ["unknown", *["pass"] * (len(GATES) - 1)]
    return pl.DataFrame({"gate": list(GATES), "answer": answers, "reason": told})


def _events() -> pl.DataFrame:
    numbers = range(EVENTS)
    return pl.DataFrame(
        {
            "dimension": [DIMENSIONS[n % len(DIMENSIONS)] for n in numbers],
            "level": 0.7,
            "evidence_level": [1 + n % 3 for n in numbers],
            "quote": [f"Took over within {n + 2} days when the plant stood still" for n in numbers],
            "start": START,
            "end": END,
        }
    )


@contextmanager
def _timed(stage: str) -> Iterator[None]:
    wall, own = time.perf_counter(), time.process_time()
    yield
    print(  # noqa: T201
        f"{stage:<10} {time.perf_counter() - wall:6.1f} s, {time.process_time() - own:6.1f} s CPU"
    )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
