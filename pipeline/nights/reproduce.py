"""A past night made again from its manifest, to show that its exports came from what it names."""

import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from models.weights.champion import to_json, weights_from
from pipeline.journal import Journal
from pipeline.nightly import run_night
from pipeline.nights.folders import MANIFEST, read_manifest
from pipeline.nights.guard import GATES
from pipeline.settings import Settings, settings_from

_TELLS_TIME = ("report.html",)
_KEPT = ("decisions", "privacy")


@dataclass(frozen=True, kw_only=True)
class Reproduction:
    """How many exports came out byte for byte, which did not, and what is no longer the same."""

    same: int
    differing: tuple[str, ...]
    changed: tuple[str, ...]

    def to_text(self) -> str:
        """A line a difference, and the verdict."""
        total = self.same + len(self.differing)
        lines = [*self.changed, *(f"differs: {name}" for name in self.differing)]
        return "\n".join([*lines, f"{self.same} of {total} exports are byte-identical"])


def reproduce(
    manifest: Path,
    journal: Journal,
    *,
    inbox: Path | None = None,
    batch_size: int | None = None,
    threads: int | None = None,
    fresh: bool = False,
) -> Reproduction:
    """Run the night of a manifest again aside, and compare every export with its recorded hash.

    The report is not compared: it tells seconds.

    Args:
        manifest: the `manifest.json` of a night, or its folder.
        journal: hears the stages.
        inbox: where the inbox lies now; by default where it lay.
        batch_size: texts that the encoder takes at once; by default as in the night.
        threads: threads of the encoder; by default as in the night.
        fresh: read and embed everything anew instead of using the caches.

    Raises:
        InputError: the manifest cannot be read, or the inbox is no longer there.
    """
    night = manifest if manifest.is_dir() else manifest.parent
    record, runs = read_manifest(night), night.parents[1]
    folder = inbox or Path(record["inbox"])
    settings = _settings(record, night, batch_size, threads)
    with tempfile.TemporaryDirectory(prefix="briefmatch-") as aside:
        again = Path(aside) / "runs"
        _as_it_was(record, night, runs, again, fresh=fresh)
        as_of = date.fromisoformat(record["as_of"])
        made = run_night(folder, again, settings, as_of, journal, accept=tuple(GATES)).folder
        found = read_manifest(made)
    compared = [name for name in record["files"] if name not in _TELLS_TIME]
    differing = [name for name in compared if found["files"].get(name) != record["files"][name]]
    return Reproduction(
        same=len(compared) - len(differing),
        differing=tuple(differing),
        changed=tuple(_changes(record, found)),
    )


def _settings(
    record: Mapping[str, Any], night: Path, batch_size: int | None, threads: int | None
) -> Settings:
    settings = settings_from(record["settings"], where=str(night / MANIFEST))
    encoder = replace(
        settings.encoder,
        batch_size=batch_size or settings.encoder.batch_size,
        threads=settings.encoder.threads if threads is None else threads,
    )
    return replace(settings, encoder=encoder)


def _as_it_was(
    record: Mapping[str, Any], night: Path, runs: Path, again: Path, *, fresh: bool
) -> None:
    """A runs folder with the weights and decisions of that night, and copies of the caches."""
    registry = again / "registry"
    registry.mkdir(parents=True)
    weights = weights_from(record["weights"], where=night / MANIFEST)
    (registry / "champion.json").write_text(to_json(weights), encoding="utf-8")
    for name in (*_KEPT, *(() if fresh else ("cache",))):
        if (runs / name).is_dir():
            shutil.copytree(runs / name, again / name)
    for later in (again / "decisions").glob("*.jsonl"):
        if f"decisions/{later.name}" not in record["inputs"]:
            later.unlink()


def _changes(record: Mapping[str, Any], found: Mapping[str, Any]) -> list[str]:
    """What the new run was made from that is not what the night was made from."""
    changes = []
    for what in ("inputs", "versions"):
        then, now = record[what], found[what]
        for name in sorted(then.keys() | now.keys()):
            if then.get(name) != now.get(name):
                changes.append(f"{what} changed: {name}")
    if record["encoder"] != found["encoder"]:
        changes.append(f"the encoder changed: {record['encoder']}, now {found['encoder']}")
    return changes
