import json
import re
import tomllib
from pathlib import Path

from pipeline.procurement.supply import bill_of_materials, licence_table, needed_packages
from pipeline.procurement.trust_pack import write_trust_pack
from pipeline.settings import Settings


def test_the_bill_of_materials_names_what_is_needed_and_nothing_else():
    packages = {package.name: package for package in needed_packages()}
    assert {"briefmatch", "polars", "torch", "pypdfium2"} <= packages.keys()
    assert "pytest" not in packages
    bill = json.loads(bill_of_materials(tuple(packages.values())))
    assert bill["bomFormat"] == "CycloneDX"
    assert len(bill["components"]) == len(packages)
    assert all(part["purl"].startswith("pkg:pypi/") for part in bill["components"])


def test_every_package_but_our_own_states_a_licence():
    unknown = [p.name for p in needed_packages() if p.licence == "unknown"]
    assert unknown in ([], ["briefmatch"])
    assert licence_table(needed_packages()).startswith("package,version,licence\n")


def test_the_pack_answers_from_an_empty_runs_folder(tmp_path):
    missing = write_trust_pack(tmp_path / "pack", tmp_path / "runs", Settings())
    written = {file.name for file in (tmp_path / "pack").iterdir()}
    assert {"sbom.cyclonedx.json", "licences.csv", "state.json", "operator-manual.md"} <= written
    assert len(written) + len(missing) == 4 + 6
    assert "not checked" in (tmp_path / "pack" / "advisories.txt").read_text("utf-8")


def test_every_pinned_package_is_locked_by_its_hash_but_torch():
    root = Path(__file__).parents[3]
    pinned = tomllib.loads((root / "pyproject.toml").read_text())["project"]["dependencies"]
    locked = re.findall(
        r"^(\S+==\S+) \\\n    --hash=sha256:[0-9a-f]{64}$",
        (root / "requirements.lock").read_text(),
        re.MULTILINE,
    )
    assert {pin for pin in pinned if not pin.startswith("torch==")} <= set(locked)
