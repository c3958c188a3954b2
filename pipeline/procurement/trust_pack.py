"""One folder that answers a security questionnaire: what is installed, measured and kept."""

import json
import shutil
from collections.abc import Mapping
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Final

from pipeline.audit.log import verify
from pipeline.nights.folders import manifest_before
from pipeline.procurement.advisories import KEPT, NEVER_ASKED, read_advisories
from pipeline.procurement.supply import bill_of_materials, licence_table, needed_packages
from pipeline.settings import Settings

_ROOT = Path(__file__).parents[2]
DOCUMENTS: Final[Mapping[str, str]] = {
    "model-card.md": "evaluation/MODEL_CARD.md",
    "measured-results.md": "evaluation/RESULTS.md",
    "operator-manual.md": "docs/operator.md",
    "data-dictionary.md": "docs/data.md",
    "privacy-and-logs.md": "docs/privacy.md",
    "requirements.lock": "requirements.lock",
}
"""Files of the pack and where they stand in the checkout."""


def write_trust_pack(folder: Path, runs: Path, settings: Settings) -> tuple[str, ...]:
    """Write the pack; gives the documents that this installation does not have.

    No name, no CV and no place of a candidate is in it: the log is told by its head and length.
    """
    folder.mkdir(parents=True, exist_ok=True)
    packages = needed_packages()
    _write(folder / "sbom.cyclonedx.json", bill_of_materials(packages))
    _write(folder / "licences.csv", licence_table(packages))
    advisories = read_advisories(runs / KEPT, packages)
    _write(folder / "advisories.txt", advisories.to_text() if advisories else NEVER_ASKED)
    _write(folder / "state.json", _state(runs, settings))
    missing = []
    for name, source in DOCUMENTS.items():
        if (_ROOT / source).is_file():
            shutil.copyfile(_ROOT / source, folder / name)
        else:
            missing.append(source)
    return tuple(missing)


def _state(runs: Path, settings: Settings) -> str:
    """Version, settings in force, the last night in figures, and the head of the audit log."""
    manifest, log = manifest_before(runs), verify(runs)
    state = {
        "briefmatch": version("briefmatch"),
        "settings": asdict(settings),
        "last_night": {
            name: manifest.get(name) for name in ("as_of", "key", "encoder", "balance", "versions")
        },
        "audit_log": {"lines": log.lines, "head": log.head, "problems": log.problems},
    }
    return json.dumps(state, indent=2, sort_keys=True, default=str) + "\n"


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
