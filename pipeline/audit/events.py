"""What a night leaves in the audit log, and the copies of the log's head that nights carry."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from data.errors import InputError
from pipeline.audit.log import record
from pipeline.export.files import write_report
from pipeline.export.report import Alarm, NightReport
from pipeline.nights.folders import MANIFEST, night_name
from pipeline.nights.manifest import Manifest
from pipeline.settings import Settings

REFUSED = "refused"


@contextmanager
def refusal_told(runs: Path, settings: Settings, as_of: date) -> Iterator[None]:
    """When the night inside refuses its input, say so in `refused/report.html` and in the log."""
    try:
        yield
    except InputError as error:
        folder = runs / REFUSED
        folder.mkdir(exist_ok=True)
        alarm = Alarm(level="alarm", text=f"Nothing was published. {error}")
        report = NightReport(as_of=as_of, night=REFUSED, alarms=(alarm,))
        write_report(folder, report, (), settings.export.language)
        gates = re.findall(r"[Gg]ate `(\w+)`", str(error))
        record(runs, "refusal", {"as_of": str(as_of), "gates": gates or ["input"]})
        raise


def record_night(runs: Path, staged: Path, manifest: Manifest, overruled: Mapping[str, str]) -> str:
    """Write the manifest of a prepared night and record it, just before it is published.

    The log holds the hash of the manifest, the manifest those of the files: so that what was shown
    can be proved later. A night that is recorded and not published is run again.

    Returns:
        The head of the log.
    """
    for gate in overruled:
        record(runs, "override", {"night": manifest.key, "gate": gate})
    text = manifest.to_json()
    (staged / MANIFEST).write_text(text, encoding="utf-8")
    facts = {
        "folder": night_name(manifest.started, manifest.key),
        "as_of": str(manifest.as_of),
        "manifest": hashlib.sha256(text.encode()).hexdigest(),
        "weights": manifest.weights.get("sha256"),
        "encoder": manifest.encoder,
        **manifest.balance,
    }
    return record(runs, "run", facts)
