"""A night on CVs and briefs that nobody here wrote, held against people's judgements.

python -m pipeline.benchmarks.night_real ../shared/datasets [WORK_FOLDER]
"""

import sys
import time
from datetime import date
from pathlib import Path

import polars as pl

from evaluation.runs import correlation, evaluate, summary
from pipeline.benchmarks.baselines import bm25_run, encoder_run
from pipeline.benchmarks.real_inbox import hr_scores, judgements, write_real_inbox
from pipeline.journal import Journal, open_journal
from pipeline.nightly import rank, run_night
from pipeline.settings import Settings
from pipeline.stages.vectors import open_encoder

AS_OF = date(2026, 11, 22)
CONDENSED, FULL = ["ndcg@5", "ndcg@10", "pairwise"], ["recall@30"]  # FULL: only with grade 0
SETS = {
    "own language": "judged/briefs.jsonl",
    "in English": "judged/briefs_in_english.jsonl",
    "HR scores": "hr_scores/briefs.jsonl",
}


def main(data: Path, work: Path) -> None:
    """Run the night, measure it and the two baselines on the three sets, print the table."""
    if not data.is_dir():
        print("skipped: no ../shared")  # noqa: T201
        return
    settings, journal = Settings(), open_journal()
    write_real_inbox(data, work / "inbox", SETS["own language"])
    started = time.perf_counter()
    published = run_night(work / "inbox", work / "runs", settings, AS_OF, journal)
    seconds = time.perf_counter() - started
    tables = [measure_set(name, data, work, settings, journal) for name in SETS]
    with pl.Config(tbl_rows=99, tbl_hide_dataframe_shape=True, tbl_hide_column_data_types=True):
        print(pl.concat(tables))  # noqa: T201
    print(f"the night: {published.folder} in {seconds:.0f} s")  # noqa: T201


def measure_set(
    name: str, data: Path, work: Path, settings: Settings, journal: Journal
) -> pl.DataFrame:
    """briefs, run, measure, mean, low, high of one set of briefs, ranked from the caches."""
    folder, runs = work / "inbox", work / "runs"
    write_real_inbox(data, folder, SETS[name])
    ranking = rank(folder, runs, settings, AS_OF, journal)
    candidates = {
        "briefmatch": ranking.longlist,
        "BM25": bm25_run(ranking),
        "plain encoder": encoder_run(ranking, open_encoder(runs, settings.encoder)),
    }
    graded = hr_scores(data) if name == "HR scores" else judgements(data)
    rows = []
    for system, run in candidates.items():
        per_brief = evaluate(run, graded, CONDENSED)
        if graded["grade"].min() == 0:
            full = evaluate(run, graded, FULL, condensed=False)
            per_brief = per_brief.join(full, on="brief_id", maintain_order="left")
        for part in ("technical", "adaptability"):
            if part in graded.columns and f"x_{part}" in run.columns:
                found = correlation(run, graded, f"x_{part}", part)
                per_brief = per_brief.join(found, on="brief_id", maintain_order="left")
        rows.append(
            summary(per_brief).select(
                pl.lit(name).alias("briefs"), pl.lit(system).alias("run"), pl.exclude("briefs")
            )
        )
    return pl.concat(rows)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2] if len(sys.argv) > 2 else "runs/real"))
