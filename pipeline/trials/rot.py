"""Single bits that flip on a disk: `briefmatch verify` must find each of them."""

import random
import shutil
from collections.abc import Sequence
from pathlib import Path

from models.digest import DIGEST, hash_folder
from models.encoder import EncoderSettings
from pipeline.nights.integrity import check_runs
from pipeline.trials.count import Count
from pipeline.trials.faults import Stage


def bit_flips(stage: Stage, *, flips: int, seed: int) -> Count:
    """Flip one bit of a random file, verify, and flip it back."""
    draw, held = random.Random(seed), 0  # noqa: S311 - no secret
    stage.reset()
    model = stage.runs.with_name("model")
    _model(model)
    settings = EncoderSettings(name=str(model))
    kinds = [
        _files(model, "weights.safetensors"),
        _files(stage.runs / "cache", "*.parquet", "*.npy", "*.json"),
        _files(stage.runs / "nights", "manifest.json"),
        _files(stage.runs / "nights", "*.csv", "*.xlsx", "*.html", "*.parquet"),
        _files(stage.runs / "audit", "log.jsonl", "head"),
    ]
    if check_runs(stage.runs, settings, {}):
        raise RuntimeError("Nothing must be damaged before the first bit is flipped.")
    for number in range(flips):
        file = draw.choice(kinds[number % len(kinds)])
        whole = file.read_bytes()
        bits = bytearray(whole)
        bits[draw.randrange(len(bits))] ^= 1 << draw.randrange(8)
        file.write_bytes(bits)
        held += bool(check_runs(stage.runs, settings, {}))
        file.write_bytes(whole)
    what = "a flipped bit in model, cache, manifest, exports or audit log is found"
    return Count(what=what, tried=flips, held=held)


def _files(folder: Path, *patterns: str) -> Sequence[Path]:
    return sorted(file for pattern in patterns for file in folder.rglob(pattern))


def _model(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    (folder / "weights.safetensors").write_bytes(bytes(range(256)) * 64)
    (folder / DIGEST).write_text(hash_folder(folder), "utf-8")
