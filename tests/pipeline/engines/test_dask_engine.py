"""Schedulers and workers started by their own commands, and killed."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace

import pytest

from data.errors import InputError
from pipeline.engines.dask_engine import DaskEngine
from pipeline.engines.engine import map_files
from pipeline.journal import Journal, Silence
from pipeline.nightly import rank
from pipeline.settings import NightSettings
from pipeline.trials.world import AS_OF, SETTINGS, WordEncoder, without_model, write_inbox

_WHY = "skipped: the extra `dask` is not installed"
pytest.importorskip("distributed", reason=_WHY)
cloudpickle = pytest.importorskip("cloudpickle", reason=_WHY)

# Workers cannot import this module, so its functions travel whole.
cloudpickle.register_pickle_by_value(sys.modules[__name__])


def slow_double(source, output):
    time.sleep(0.15)
    output.write_text(str(2 * int(source.read_text())))


def die_on_three(source, output):
    if source.read_text() == "3":
        os._exit(1)
    output.write_text("done")


class Cluster:
    """One scheduler and its workers, each a process group that can be killed."""

    def __init__(self, folder):
        self._folder = folder
        self.groups = {}

    def start(self, name, *words):
        environment = os.environ | {
            "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1",
            "OMP_NUM_THREADS": "1",
        }
        self.groups[name] = subprocess.Popen(
            [sys.executable, "-m", "dask", *words, "--no-dashboard"],
            env=environment,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def scheduler(self, port):
        self.start("scheduler", "scheduler", "--host", "127.0.0.1", "--port", str(port))
        return f"tcp://127.0.0.1:{port}"

    def worker(self, name, address, *words):
        local = ["--local-directory", str(self._folder), "--nthreads", "1"]
        self.start(name, "worker", address, *local, *words)

    def kill(self, name):
        process = self.groups.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@pytest.fixture
def cluster(tmp_path):
    made = Cluster(tmp_path / "dask")
    yield made
    for name in list(made.groups):
        made.kill(name)


@pytest.fixture
def port():
    import socket

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.fixture
def files(numbered):
    return numbered(12)


def test_killed_workers_and_nannies_cost_nothing_but_time(cluster, port, files, tmp_path):
    address = cluster.scheduler(port)
    cluster.worker("plain", address, "--no-nanny")
    cluster.worker("nanny", address)
    left = ["nanny", "plain"]

    def kill_one(file):
        if left:
            cluster.worker("last", address, "--no-nanny") if len(left) == 2 else None
            cluster.kill(left.pop())

    outputs = map_files(
        slow_double, files, tmp_path / "out", engine=DaskEngine(scheduler=address), done=kill_one
    )
    assert [int(output.read_text()) for output in outputs] == [2 * n for n in range(1, 13)]


def test_a_file_that_kills_every_worker_is_given_up_alone(cluster, port, files, tmp_path):
    address = cluster.scheduler(port)
    cluster.worker("one", address)
    cluster.worker("two", address)
    with pytest.raises(ExceptionGroup, match="1 of 12 files failed") as caught:
        map_files(die_on_three, files, tmp_path / "out", engine=DaskEngine(scheduler=address))
    assert "died" in str(caught.value.exceptions[0])
    assert not (tmp_path / "out" / "3.txt").exists()


def test_after_a_killed_scheduler_the_next_run_goes_on(cluster, port, files, tmp_path):
    engine = DaskEngine(scheduler=cluster.scheduler(port))
    cluster.worker("one", engine.scheduler, "--no-nanny")
    finished = []

    def stop(file):
        finished.append(file)
        if len(finished) == 3:
            cluster.kill("scheduler")

    with pytest.raises(ExceptionGroup, match="files failed"):
        map_files(slow_double, files, tmp_path / "out", engine=engine, done=stop)
    cluster.kill("one")
    first = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").glob("*.txt")}
    assert len(first) >= 3
    cluster.scheduler(port)
    cluster.worker("one", engine.scheduler, "--no-nanny")
    outputs = map_files(slow_double, files, tmp_path / "out", engine=engine)
    assert len(outputs) == 12
    assert {path: path.stat().st_mtime_ns for path in first} == first


def test_a_scheduler_that_does_not_answer_is_told(files, tmp_path, port, monkeypatch):
    import dask

    with (
        dask.config.set({"distributed.comm.timeouts.connect": "0.5s"}),
        pytest.raises(InputError, match="dask scheduler"),
    ):
        map_files(
            slow_double, files, tmp_path, engine=DaskEngine(scheduler=f"tcp://127.0.0.1:{port}")
        )


def test_the_longlist_is_that_of_the_local_engine(tmp_path, monkeypatch):
    import distributed

    for chunk in ("models.cache.CHUNK", "pipeline.engines.farm.CHUNK"):
        monkeypatch.setattr(chunk, 16)
    monkeypatch.setattr("pipeline.stages.intake.SHARD", 5)
    monkeypatch.setattr("pipeline.engines.farm.load_encoder", lambda settings: WordEncoder())
    write_inbox(tmp_path / "inbox")

    def longlist(name, **engine):
        settings = replace(SETTINGS, night=NightSettings(**engine))
        journal = Journal(Silence())
        return rank(tmp_path / "inbox", tmp_path / name, settings, AS_OF, journal).longlist

    with (
        without_model(),
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=False, dashboard_address=None
        ) as machines,
    ):
        here = longlist("here", workers=1)
        there = longlist("there", engine="dask", scheduler=machines.scheduler_address)
    assert there.equals(here)
    assert list((tmp_path / "there" / "cache" / "embedding" / "vectors").iterdir()) == []
