"""What is known of the packages, without asking anybody: pip-audit's answers are written here."""

import json
import subprocess
from datetime import date
from pathlib import Path

import pytest

from data.errors import InputError
from pipeline.procurement.advisories import ask, read_advisories
from pipeline.procurement.supply import Package

TODAY = date(2026, 11, 22)
KNOWN = {"id": "PYSEC-1", "aliases": ["CVE-2026-1"], "fix_versions": ["1.0.1"], "description": "x"}


def package(name, version):
    return Package(name=name, version=version, licence="MIT", record="0")


PACKAGES = (package("briefmatch", "0.1.0"), package("soup", "1.0"), package("torch", "2.1+cpu"))


def answer(*dependencies):
    return json.dumps({"dependencies": dependencies, "fixes": []})


def told(name, version, *vulnerabilities):
    return {"name": name, "version": version, "vulns": list(vulnerabilities)}


@pytest.fixture
def keep(monkeypatch, tmp_path):
    """Asks with an answer of pip-audit in its place; gives what it was asked for."""

    def asked_for(text):
        pins = []

        def run(words, **_):
            pins.extend(Path(words[-1]).read_text("utf-8").split())
            return subprocess.CompletedProcess(words, 1, stdout=text, stderr="WARNING: no\n")

        monkeypatch.setattr(subprocess, "run", run)
        ask(PACKAGES, tmp_path / "kept.json", TODAY)
        return pins

    return asked_for


def test_what_is_known_is_told_with_its_day_and_its_mending(keep, tmp_path):
    asked = keep(answer(told("soup", "1.0", KNOWN), told("torch", "2.1")))

    found = read_advisories(tmp_path / "kept.json", PACKAGES)

    assert asked == ["soup==1.0", "torch==2.1"]
    assert found.known == ("soup==1.0: PYSEC-1, CVE-2026-1; mended in 1.0.1",)
    assert not found.all_clear
    assert "on 2026-11-22: 1 in 2 packages" in found.to_text()


def test_a_package_that_nobody_answered_for_is_not_clear(keep, tmp_path):
    skipped = {"name": "torch", "skip_reason": "Dependency not found on PyPI"}
    keep(answer(told("soup", "1.0"), skipped))

    found = read_advisories(tmp_path / "kept.json", PACKAGES)
    later = read_advisories(tmp_path / "kept.json", (package("soup", "2.0"),))

    assert (found.known, found.unanswered) == ((), ("torch==2.1",))
    assert not found.all_clear
    assert later.unanswered == ("soup==2.0",)


def test_no_answer_is_an_error_and_leaves_the_kept_one(keep, tmp_path):
    keep(answer(told("soup", "1.0")))

    for silence in ("", answer({"name": "soup", "skip_reason": "not found"})):
        with pytest.raises(InputError, match="said: WARNING: no"):
            keep(silence)

    assert read_advisories(tmp_path / "kept.json", PACKAGES).answered == 1
    assert read_advisories(tmp_path / "other.json", PACKAGES) is None
