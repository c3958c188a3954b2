import os
from pathlib import Path

import pytest

from pipeline.engines.engine import LocalEngine, map_files


def double(source: Path, output: Path) -> None:
    output.write_text(str(2 * int(source.read_text())))


def fail_on_three(source: Path, output: Path) -> None:
    if source.read_text() == "3":
        output.write_text("half")
        raise ValueError("three")
    double(source, output)


def die_on_three(source: Path, output: Path) -> None:
    if source.read_text() == "3":
        os._exit(1)
    double(source, output)


@pytest.fixture
def files(numbered):
    return numbered(5)


@pytest.mark.parametrize("workers", [1, 2])
def test_outputs_come_in_the_order_of_the_files(files, tmp_path, workers):
    outputs = map_files(double, files, tmp_path / "out", engine=LocalEngine(workers=workers))
    assert [o.read_text() for o in outputs] == ["2", "4", "6", "8", "10"]


def test_what_is_finished_is_not_done_again(files, tmp_path):
    outputs = map_files(double, files, tmp_path / "out")
    outputs[0].write_text("kept")
    assert map_files(double, files, tmp_path / "out")[0].read_text() == "kept"


@pytest.mark.parametrize("workers", [1, 2])
def test_a_failing_file_is_named_and_the_others_finish(files, tmp_path, workers):
    with pytest.raises(ExceptionGroup, match="1 of 5 files failed") as caught:
        map_files(fail_on_three, files, tmp_path / "out", engine=LocalEngine(workers=workers))
    assert str(files[2]) in caught.value.exceptions[0].__notes__[0]
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == [
        "1.txt",
        "2.txt",
        "4.txt",
        "5.txt",
    ]


def test_a_file_that_kills_its_process_is_named_and_the_others_finish(files, tmp_path):
    with pytest.raises(ExceptionGroup, match="1 of 5 files failed") as caught:
        map_files(die_on_three, files, tmp_path / "out", engine=LocalEngine(workers=2))
    assert "died" in str(caught.value.exceptions[0])
    assert len(list((tmp_path / "out").iterdir())) == 4
    assert len(map_files(double, files, tmp_path / "out")) == 5


def test_progress_names_every_finished_file_once_a_call(files, tmp_path):
    first, second = [], []
    map_files(double, files[:2], tmp_path / "out", done=first.append)
    map_files(double, files, tmp_path / "out", done=second.append)
    assert first == files[:2]
    assert sorted(second) == files
