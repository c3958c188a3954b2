"""The copy of an inbox that lies elsewhere goes with whoever is erased."""

import uuid

import fsspec
import polars as pl
import pytest

from pipeline.journal import Journal, Silence
from pipeline.nightly import run_night
from pipeline.privacy.erase import erase
from pipeline.privacy.erased import erased_among
from pipeline.privacy.traces import traces
from pipeline.trials.world import AS_OF, SETTINGS, without_model, write_inbox


@pytest.fixture(scope="module")
def erased(tmp_path_factory):
    """A night from an object store, then an erasure: runs folder, id, e-mail, receipt."""
    folder = tmp_path_factory.mktemp("remote")
    runs, address = folder / "runs", f"memory://agency-{uuid.uuid4().hex}/inbox"
    write_inbox(folder / "inbox")
    fsspec.filesystem("memory").put(f"{folder}/inbox/", address, recursive=True)
    with without_model():
        run_night(address, runs, SETTINGS, AS_OF, Journal(Silence()))
    contacts = pl.read_csv(runs / "inbox/files/contacts.csv", infer_schema=False)
    candidate_id, email = contacts.drop_nulls("email").select("candidate_id", "email").row(0)
    (receipt,) = erase(runs, [candidate_id])
    return runs, candidate_id, email, receipt


def test_no_file_of_the_copy_nor_its_index_is_left(erased):
    runs, candidate_id, _, receipt = erased
    assert not (runs / "inbox").exists()
    assert list(traces(runs, candidate_id)) == []
    assert receipt.remaining == ()


def test_the_address_in_the_copy_was_blocked_before_it_went(erased):
    runs, candidate_id, email, _ = erased
    assert erased_among(runs, [candidate_id, email.lower()]) == [candidate_id, email.lower()]
