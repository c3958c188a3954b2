"""What this installation is made of: every package with its version, licence and hash."""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import Any, Final

_UNKNOWN: Final = "unknown"
_LICENCE = "License :: "
_LONGEST = 80  # characters of a name; a field may hold the whole text


@dataclass(frozen=True, kw_only=True, order=True)
class Package:
    """One installed package; `record` is the SHA-256 of its list of files, as pip wrote it."""

    name: str
    version: str
    licence: str
    record: str


def needed_packages() -> tuple[Package, ...]:
    """This project and everything that it needs at run time, by name."""
    installed = {_plain(found.metadata["Name"]): found for found in distributions()}
    wanted, seen = ["briefmatch"], set[str]()
    while wanted:
        name = wanted.pop()
        if name in seen or name not in installed:
            continue
        seen.add(name)
        wanted += [_plain(need) for need in _needs(installed[name])]
    return tuple(sorted(_package(installed[name]) for name in seen))


def bill_of_materials(packages: tuple[Package, ...]) -> str:
    """A CycloneDX 1.5 document as JSON; equal packages give equal bytes."""
    components = [
        {
            "type": "library",
            "name": package.name,
            "version": package.version,
            "purl": f"pkg:pypi/{package.name}@{package.version}",
            "licenses": [{"license": {"name": package.licence}}],
            "properties": [{"name": "record:sha256", "value": package.record}],
        }
        for package in packages
    ]
    document: dict[str, Any] = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "components": components,
    }
    return json.dumps(document, indent=2) + "\n"


def licence_table(packages: tuple[Package, ...]) -> str:
    """The packages and their licences as CSV."""
    lines = [f"{p.name},{p.version},{p.licence.replace(',', ';')}" for p in packages]
    return "\n".join(["package,version,licence", *lines]) + "\n"


def _needs(found: Distribution) -> Iterator[str]:
    """Names of what a package needs, but for its extras; a marker that cannot hold adds nothing."""
    for line in found.requires or []:
        if "extra ==" not in line:
            match = re.match(r"[\w.-]+", line)
            if match:
                yield match[0]


def _package(found: Distribution) -> Package:
    record = found.read_text("RECORD") or ""
    return Package(
        name=_plain(found.metadata["Name"]),
        version=found.version,
        licence=_licence(found),
        record=hashlib.sha256(record.encode()).hexdigest(),
    )


def _licence(found: Distribution) -> str:
    """The licence as the package states it: expression, classifier, or the first line of a text."""
    for field in ("License-Expression", "License"):
        stated = [text.strip() for text in found.metadata.get_all(field) or [] if text.strip()]
        if stated and len(stated[0]) < _LONGEST:
            return str(stated[0])
    classified = [
        line.rpartition(" :: ")[2]
        for line in found.metadata.get_all("Classifier") or []
        if line.startswith(_LICENCE)
    ]
    return " / ".join(classified) or _first_line(found)


def _first_line(found: Distribution) -> str:
    """The title of the licence's own text, where nothing else names it."""
    for file in found.files or []:
        if file.name.upper().startswith("LICEN") and ".dist-info" in str(file):
            lines = Path(str(file.locate())).read_text("utf-8").splitlines()
            return [*(line.strip() for line in lines if line.strip()), _UNKNOWN][0]
    return _UNKNOWN


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
