"""Caches in an object store: a fresh disk takes up there, and the erased are gone there too."""

import shutil
import uuid

import fsspec
import numpy as np
import polars as pl
import pytest

from data.errors import InputError
from data.remote.mirror import FILES
from pipeline.journal import Journal, Silence
from pipeline.nightly import run_night
from pipeline.nights.mirror import fetch_cache, mirror_of, send_cache
from pipeline.nights.seal import broken_seals, sealed_files
from pipeline.privacy.erase import erase
from pipeline.trials.world import AS_OF, SETTINGS, WordEncoder, without_model, write_inbox


@pytest.fixture(scope="module")
def night(tmp_path_factory):
    """A folder with an inbox and the runs folder of its night."""
    folder = tmp_path_factory.mktemp("mirror")
    write_inbox(folder / "inbox")
    run(folder / "inbox", folder / "runs", None)
    return folder


@pytest.fixture
def machine(night, tmp_path):
    """A copy of that folder, and an address of its own that holds the caches."""
    shutil.copytree(night, tmp_path, dirs_exist_ok=True, symlinks=True)
    address = f"memory://mirror-{uuid.uuid4().hex}"
    assert send_cache(tmp_path / "runs", address)
    return tmp_path, address


def run(inbox, runs, address):
    journal = Journal(Silence())
    with without_model():
        return run_night(inbox, runs, SETTINGS, AS_OF, journal, cache=address), journal


def vectors(runs):
    """Every vector under `runs` as bytes."""
    return {
        row.tobytes()
        for file in (runs / "cache" / "vectors").rglob("vectors.npy")
        for row in np.load(file)
    }


def objects(address):
    store = fsspec.filesystem("memory")
    return {path.rpartition("/")[2] for path in store.find(f"{address}/{FILES}")}


@pytest.mark.parametrize("lost", ["runs", "runs/cache"])
def test_a_fresh_disk_embeds_nothing_and_publishes_the_same(lost, machine, monkeypatch):
    folder, address = machine
    published = (folder / "runs" / "current" / "shortlists.csv").read_bytes()
    shutil.rmtree(folder / lost)

    def fail(self, texts, *, kind):
        raise AssertionError(f"{len(texts)} texts were embedded again")

    monkeypatch.setattr(WordEncoder, "encode", fail)
    again, journal = run(folder / "inbox", folder / "runs", address)
    assert (again.folder / "shortlists.csv").read_bytes() == published
    assert journal.warnings == []
    assert broken_seals(folder / "runs") == []


def test_what_is_sent_is_what_lies_here_and_nothing_is_sent_twice(machine):
    folder, address = machine
    files = sealed_files(folder / "runs")
    assert objects(address) == set(files.values())
    store = fsspec.filesystem("memory")
    before = {path: store.modified(path) for path in store.find(f"{address}/{FILES}")}
    assert send_cache(folder / "runs", address)
    assert {path: store.modified(path) for path in before} == before


def test_who_is_erased_is_gone_from_the_store_and_from_older_disks(machine, tmp_path):
    folder, address = machine
    runs, older = folder / "runs", tmp_path / "older"
    fetch_cache(older, address)
    before = vectors(runs)
    erase(runs, pl.read_csv(folder / "inbox" / "candidates.csv")["candidate_id"].to_list()[:2])
    left = vectors(runs)
    assert left < before
    assert objects(address) == set(sealed_files(runs).values())
    assert vectors(older) == before
    assert not send_cache(older, address)  # it would bring them back
    fetch_cache(older, address)
    assert vectors(older) == left
    assert broken_seals(older) == []


def test_an_erasure_without_the_store_is_not_finished(machine, monkeypatch):
    folder, _ = machine
    runs = folder / "runs"
    before = mirror_of(runs)

    def gone(*_):
        raise OSError("no route to host")

    memory = type(fsspec.filesystem("memory"))
    with monkeypatch.context() as patch:
        patch.setattr(memory, "cat_file", gone)
        with pytest.raises(InputError, match="no route"):
            erase(runs, ["C00001"])
    assert list((runs / "privacy" / "pending").iterdir())
    erase(runs, [])
    assert not list((runs / "privacy" / "pending").iterdir())
    assert objects(before) == set(sealed_files(runs).values())


def test_a_rotten_object_is_not_taken_and_is_sent_again(machine, tmp_path, caplog):
    folder, address = machine
    name, digest = next(
        (name, digest)
        for name, digest in sealed_files(folder / "runs").items()
        if name.endswith("vectors.npy")
    )
    store = fsspec.filesystem("memory")
    store.pipe_file(f"{address}/{FILES}/{digest}", b"rotten")
    runs = tmp_path / "fresh"
    fetch_cache(runs, address)
    assert "damaged" in caplog.text
    assert not (runs / "cache" / name).exists()
    assert digest not in objects(address)
    run(folder / "inbox", runs, address)
    assert vectors(runs) == vectors(folder / "runs")
    assert objects(address) == set(sealed_files(runs).values())
