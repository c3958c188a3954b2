"""Known vulnerabilities of what is installed: asked of PyPI by pip-audit, kept with their day."""

import argparse
import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from data.durable import write_whole
from data.errors import InputError
from pipeline.procurement.supply import Package, needed_packages

KEPT: Final = "advisories.json"
_OURS: Final = "briefmatch"  # is not on PyPI; a stranger's package of that name is not ours
NEVER_ASKED: Final = """\
Known vulnerabilities: not checked here. Nothing in this installation asks a network by itself.
To check, on a machine with a network and the same packages:

    make advisories

It keeps what it was told as advisories.json in the runs folder; this pack then tells it with its
day, also on a machine without a network to which that file was copied. Without this program:

    pip-audit --strict --disable-pip -r requirements.lock

The lock leaves torch out. Without --strict pip-audit finds nothing in a package that its source
does not know, and says so in passing only.
"""


@dataclass(frozen=True, kw_only=True)
class Advisories:
    """What is known of the packages that are installed now.

    `unanswered` are those that nobody told anything of, or of another version only.
    """

    asked: str  # ISO day
    answered: int
    known: tuple[str, ...]
    unanswered: tuple[str, ...]

    @property
    def all_clear(self) -> bool:
        """Whether every package was answered for, and nothing is known of any."""
        return not self.known and not self.unanswered

    def to_text(self) -> str:
        """The answer in words."""
        lines = [
            f"Known vulnerabilities, asked of PyPI through pip-audit on {self.asked}: "
            f"{len(self.known)} in {self.answered} packages.",
            *(f"- {line}" for line in self.known),
        ]
        if self.unanswered:
            lines += [f"No answer for {len(self.unanswered)}: {', '.join(self.unanswered)}."]
        return "\n".join(lines) + "\n"


def ask(packages: tuple[Package, ...], kept: Path, today: date) -> None:
    """Ask PyPI of each package and keep the answer; the one thing here that needs a network.

    Raises:
        InputError: pip-audit is not installed, or gave no answer.
    """
    with tempfile.TemporaryDirectory() as scratch:
        pins = Path(scratch) / "requirements.txt"
        pins.write_text("".join(f"{pin}\n" for pin in _pins(packages)), "utf-8")
        words = ["--no-deps", "--disable-pip", "--progress-spinner", "off", "--format", "json"]
        done = subprocess.run(  # noqa: S603 - our own words
            [sys.executable, "-m", "pip_audit", *words, "--requirement", str(pins)],
            capture_output=True,
            text=True,
        )
    # It names a package that PyPI tells nothing of as well: an answer without any is none.
    if '"vulns"' not in done.stdout:
        said = (done.stderr.strip().splitlines() or ["nothing"])[-1]
        raise InputError(
            f"pip-audit must tell of at least one package; it said: {said}. "
            "It comes with `make install`, and needs a network that reaches https://pypi.org/pypi."
        )
    content = {"asked": today.isoformat(), "answer": json.loads(done.stdout)}
    write_whole(kept, (json.dumps(content, indent=2) + "\n").encode())


def read_advisories(kept: Path, packages: tuple[Package, ...]) -> Advisories | None:
    """What the kept answer says of these packages; None when nobody ever asked."""
    if not kept.is_file():
        return None
    content = json.loads(kept.read_text("utf-8"))
    told: dict[str, list[dict[str, Any]]] = {
        f"{one['name']}=={one['version']}": one["vulns"]
        for one in content["answer"]["dependencies"]
        if "vulns" in one
    }
    pins = _pins(packages)
    return Advisories(
        asked=content["asked"],
        answered=sum(pin in told for pin in pins),
        known=tuple(_sentence(pin, one) for pin in pins for one in told.get(pin, [])),
        unanswered=tuple(pin for pin in pins if pin not in told),
    )


def _pins(packages: tuple[Package, ...]) -> list[str]:
    """The packages as PyPI knows them: without the local part of a version, such as +cpu."""
    return [f"{p.name}=={p.version.partition('+')[0]}" for p in packages if p.name != _OURS]


def _sentence(pin: str, vulnerability: dict[str, Any]) -> str:
    names = ", ".join([vulnerability["id"], *vulnerability.get("aliases", [])])
    fixed = ", ".join(vulnerability["fix_versions"]) or "no version yet"
    return f"{pin}: {names}; mended in {fixed}"


def main() -> None:
    """Ask, or read what was kept; exit code 1 unless every package is answered for and clear."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=Path, required=True, help="folder that keeps the answer")
    runs: Path = parser.parse_args().runs
    packages = needed_packages()
    try:
        ask(packages, runs / KEPT, date.today())
    except InputError as error:
        print(error, file=sys.stderr)  # noqa: T201 - an earlier answer may be kept
    found = read_advisories(runs / KEPT, packages)
    print(found.to_text() if found else NEVER_ASKED, end="")  # noqa: T201 - this is what it is for
    sys.exit(0 if found and found.all_clear else 1)


if __name__ == "__main__":
    main()
