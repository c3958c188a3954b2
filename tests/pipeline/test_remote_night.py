"""A night whose inbox comes from an object store and that goes back to it."""

import uuid

import fsspec

from pipeline.journal import Journal, Silence
from pipeline.nightly import run_night
from pipeline.trials.world import AS_OF, SETTINGS, without_model, write_inbox


def test_a_night_may_come_from_and_go_to_an_object_store(tmp_path):
    write_inbox(tmp_path / "inbox")
    store, place = fsspec.filesystem("memory"), f"memory://agency-{uuid.uuid4().hex}"
    store.put(f"{tmp_path}/inbox/", f"{place}/inbox", recursive=True)
    with without_model():
        published = run_night(
            f"{place}/inbox",
            tmp_path / "runs",
            SETTINGS,
            AS_OF,
            Journal(Silence()),
            send_to=f"{place}/out",
        )
    name = store.cat(f"{place}/out/current").decode()
    assert name == published.folder.name
    sent = {path.rpartition(name)[2] for path in store.find(f"{place}/out/nights/{name}")}
    here = {
        f"/{p.relative_to(published.folder)}" for p in published.folder.rglob("*") if p.is_file()
    }
    assert sent == here
