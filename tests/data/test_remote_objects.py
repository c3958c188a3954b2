"""A local server that speaks S3, and a store in memory where there is none."""

import hashlib
import json
import uuid

import fsspec
import pytest

from data.errors import InputError
from data.remote.inbox import fetch_inbox
from data.remote.mirror import FILES, fetch_copy, read_index, send_copy
from data.remote.objects import send_night


@pytest.fixture(scope="module")
def s3():
    """Options of a local S3 server."""
    pytest.importorskip("s3fs", reason="skipped: the extra `s3` is not installed")
    server = pytest.importorskip("moto.server", reason="skipped: no moto, no local S3 server")
    running = server.ThreadedMotoServer("127.0.0.1", port=0)
    running.start()
    host, port = running.get_host_and_port()
    yield f"http://{host}:{port}"
    running.stop()


@pytest.fixture(params=["memory", "s3"])
def place(request, monkeypatch):
    """An address to read from and write to, and the store behind it."""
    name = f"{request.param}://agency-{uuid.uuid4().hex}"
    if request.param == "s3":
        monkeypatch.setenv("AWS_ENDPOINT_URL", request.getfixturevalue("s3"))
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
        monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        fsspec.filesystem("s3", skip_instance_cache=True).mkdir(name)
    return name


def write(place, name, text):
    with fsspec.open(f"{place}/inbox/{name}", "w") as file:
        file.write(text)


def test_only_what_changed_is_fetched_again(place, tmp_path):
    write(place, "candidates.csv", "candidate_id\nC1\n")
    write(place, "cvs/C1.txt", "first")
    write(place, "cvs/C2.txt", "leaves")
    folder = fetch_inbox(f"{place}/inbox", tmp_path)
    assert (folder / "cvs" / "C1.txt").read_text() == "first"
    (folder / "candidates.csv").write_text("marked: not fetched again")
    write(place, "cvs/C1.txt", "second")
    fsspec.open(f"{place}/inbox/cvs/C2.txt").fs.rm(f"{place}/inbox/cvs/C2.txt")
    fetch_inbox(f"{place}/inbox", tmp_path)
    assert (folder / "candidates.csv").read_text() == "marked: not fetched again"
    assert (folder / "cvs" / "C1.txt").read_text() == "second"
    assert sorted(path.name for path in folder.rglob("*.txt")) == ["C1.txt"]


def test_a_night_is_sent_whole_before_it_is_named(place, tmp_path):
    night = tmp_path / "2026-11-22_abc"
    (night / "shortlists").mkdir(parents=True)
    (night / "shortlists" / "B1.csv").write_text("1,C1\n")
    (night / "manifest.json").write_text("{}")
    send_night(night, f"{place}/out")
    with fsspec.open(f"{place}/out/current", "r") as file:
        name = file.read()
    assert name == night.name
    with fsspec.open(f"{place}/out/nights/{name}/manifest.json", "r") as file:
        assert json.load(file) == {}
    with fsspec.open(f"{place}/out/nights/{name}/shortlists/B1.csv", "r") as file:
        assert file.read() == "1,C1\n"


def test_an_empty_place_and_an_unknown_store_are_refused(tmp_path):
    with pytest.raises(InputError, match="nothing lies there"):
        fetch_inbox(f"memory://nobody-{uuid.uuid4().hex}", tmp_path)
    with pytest.raises(InputError, match="must name an object store"):
        fetch_inbox("nowhere://x", tmp_path)


def test_a_folder_stays_as_it_is(tmp_path):
    assert fetch_inbox(tmp_path, tmp_path / "copy") == tmp_path


def folder_of(folder, **contents):
    """Files written there, and their names with their hashes."""
    files = {name.replace("_", "/") + ".npy": text.encode() for name, text in contents.items()}
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}


def test_a_mirrored_folder_follows_what_was_sent(place, tmp_path):
    address, here, there = f"{place}/cache", tmp_path / "here", tmp_path / "there"
    assert read_index(address) == {}
    first = folder_of(here, a_1="one", b_2="two")
    send_copy(address, here, first)
    fetch_copy(address, there, read_index(address), have={})
    second = folder_of(here, a_1="one", c_3="three")
    send_copy(address, here, second)
    assert read_index(address) == second
    fetch_copy(address, there, second, have=first)
    assert [path.relative_to(there).as_posix() for path in sorted(there.rglob("*"))] == [
        *["a", "a/1.npy", "c", "c/3.npy"]
    ]
    assert (there / "c/3.npy").read_text() == "three"
    store = fsspec.open(f"{address}/x").fs
    store.invalidate_cache()
    objects = {path.rpartition("/")[2] for path in store.find(f"{address}/{FILES}")}
    assert objects == set(second.values())


def test_a_mirror_cannot_write_outside_of_its_folder(tmp_path):
    with pytest.raises(InputError, match="leads out"):
        fetch_copy("memory://mirror", tmp_path, {"../x.npy": "0" * 64}, have={})
