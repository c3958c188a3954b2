"""Past nights without one candidate: tables lose the rows, exports are written anew.

A published night is never changed in place. Its revision is prepared aside and takes its place by
the same swap that publishes, so that readers and a kill find one whole night at any moment.
"""

import json
import os
import shutil
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl

from data.durable import flush
from data.errors import InputError
from data.inbox import read_inbox
from pipeline.audit.log import record
from pipeline.decisions.shown import with_history
from pipeline.export.files import write_shortlists
from pipeline.nights.folders import CURRENT, MANIFEST, point, read_manifest
from pipeline.nights.manifest import file_hashes, sha256_of
from pipeline.privacy.traces import drop_from_file, mentioned_in, replaced, traces
from pipeline.settings import settings_from
from pipeline.stages.explain import build_shortlists, load_inputs

ERASED = "erased"  # stands where the id stood in a text


def revise_nights(runs: Path, candidate_id: str) -> int:
    """Replace every night that names the candidate by a revision; gives how many there were.

    What a kill left is finished first: a revision that stands beside its original, a folder that
    was half removed.
    """
    revised = 0
    for night in sorted((runs / "nights").glob("*")):
        if not (night / MANIFEST).is_file():
            shutil.rmtree(night)
        elif next(traces(night, candidate_id), None) is not None:
            _replace(runs, night, candidate_id)
            revised += 1
    return revised


def _replace(runs: Path, night: Path, candidate_id: str) -> None:
    new = night.with_name(_next_name(night.name))
    if not (new / MANIFEST).is_file():
        staged = runs / "staging" / new.name
        shutil.rmtree(staged, ignore_errors=True)
        shutil.copytree(night, staged)
        _erase_from(staged, runs, candidate_id)
        for file in (*staged.rglob("*"), staged):
            flush(file)
        facts = {"folder": new.name, "manifest": sha256_of(staged / MANIFEST), "of": night.name}
        record(runs, "revision", facts)
        os.replace(staged, new)
        flush(new.parent)
    if (runs / CURRENT).resolve() == night.resolve():
        point(runs, new)
    (night / MANIFEST).unlink()  # from here on it is no night but a rest to be removed
    shutil.rmtree(night)


def _next_name(name: str) -> str:
    stem, _, number = name.partition("-r")
    return f"{stem}-r{int(number or 0) + 1}"


def _erase_from(night: Path, runs: Path, candidate_id: str) -> None:
    pages = [*night.rglob("*.html"), *night.rglob("*.csv")]
    shown = any(mentioned_in(page, candidate_id) for page in pages if page.name != "report.html")
    for file in night.rglob("*.parquet"):
        drop_from_file(file, candidate_id)
    if shown:
        _export_anew(night, runs)
    for file in traces(night, candidate_id):  # the report, the manifest
        file.write_text(replaced(file.read_text("utf-8"), candidate_id, ERASED), "utf-8")
    manifest = read_manifest(night)
    files = {name: digest for name, digest in file_hashes(night).items() if name != MANIFEST}
    text = json.dumps({**manifest, "files": files}, indent=2, sort_keys=True) + "\n"
    (night / MANIFEST).write_text(text, encoding="utf-8")


def _export_anew(night: Path, runs: Path) -> None:
    """Write the exports from the tables; names come from the inbox, which may have lost some."""
    manifest = read_manifest(night)
    settings = settings_from(manifest["settings"], where=str(night / MANIFEST))
    as_of = date.fromisoformat(manifest["as_of"])
    inputs = load_inputs(night)
    with suppress(InputError):
        contacts = read_inbox(Path(manifest["inbox"]), settings.inbox).contacts
        known = pl.col("candidate_id").is_in(inputs.candidates["candidate_id"].implode())
        inputs = replace(inputs, contacts=contacts.filter(known))
    shortlists = build_shortlists(inputs, as_of, settings.shortlist)
    for exported in [*night.rglob("shortlists")]:  # of every edition
        shutil.rmtree(exported)
    told = with_history(shortlists, runs, as_of)
    write_shortlists(night, told, as_of, settings.export)
