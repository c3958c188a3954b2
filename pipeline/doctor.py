"""What this machine has, what a night would use, and how to get what is missing."""

import os
import platform
import shutil
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from data.errors import InputError
from models.encoder import cache_folder, load_encoder
from pipeline.settings import Settings

_LEAST_FREE_GB = 5


@dataclass(frozen=True)
class Finding:
    """One thing looked at; `remedy` says what to do when it is not in order."""

    what: str
    found: str
    remedy: str | None = None


@dataclass(frozen=True)
class Examination:
    """All findings of one look."""

    findings: tuple[Finding, ...]

    @property
    def healthy(self) -> bool:
        """Whether a night could run."""
        return not any(finding.remedy for finding in self.findings)

    def to_text(self) -> str:
        """A line a finding, each missing thing with its remedy below it."""
        width = max(len(finding.what) for finding in self.findings)
        lines: list[str] = []
        for finding in self.findings:
            mark = "!!" if finding.remedy else "ok"
            lines.append(f"{mark}  {finding.what:<{width}}  {finding.found}")
            if finding.remedy:
                lines.append(f"    {'':<{width}}  {finding.remedy}")
        return "\n".join(lines)


def examine(settings: Settings) -> Examination:
    """Look at the machine, the packages, the encoder and the settings in force."""
    return Examination(
        (
            Finding("python", platform.python_version()),
            Finding("processors", str(os.cpu_count())),
            *_packages(),
            _disk(cache_folder(settings.encoder.cache)),
            _encoder(settings),
            *_in_force(settings),
        )
    )


def _packages() -> list[Finding]:
    findings = []
    for line in requires("briefmatch") or []:
        if "extra ==" in line:
            continue
        name = line.split("=")[0].split("<")[0].split(">")[0].strip()
        try:
            findings.append(Finding(name, version(name)))
        except PackageNotFoundError:
            findings.append(Finding(name, "missing", "Run `make install`."))
    return findings


def _disk(folder: Path) -> Finding:
    existing = next(parent for parent in (folder, *folder.parents) if parent.exists())
    free = shutil.disk_usage(existing).free / 1e9
    remedy = None
    if free < _LEAST_FREE_GB:
        remedy = f"Free some: models and vectors want {_LEAST_FREE_GB} GB."
    return Finding("disk", f"{free:.0f} GB free for {folder}", remedy)


def _encoder(settings: Settings) -> Finding:
    try:
        encoder = load_encoder(settings.encoder)
    except InputError as error:
        return Finding("encoder", f"{settings.encoder.name}: cannot be loaded", str(error))
    return Finding(
        "encoder", f"{settings.encoder.name} ({encoder.dimension} dimensions, id {encoder.id})"
    )


def _in_force(settings: Settings) -> list[Finding]:
    return [
        Finding(f"[{section}] {key}", repr(value))
        for section, values in asdict(settings).items()
        for key, value in values.items()
    ]
