from concurrent.futures import ThreadPoolExecutor

import pytest

from pipeline.audit.log import START, entries, head, record, verify


@pytest.fixture
def log(tmp_path):
    for number in range(6):
        record(tmp_path, "run", {"night": f"n{number}", "candidates": number})
    return tmp_path / "audit" / "log.jsonl"


def problems(log, **more):
    return verify(log.parents[1], **more).problems


def test_a_log_left_alone_verifies(log):
    found = verify(log.parents[1])
    assert (found.lines, found.problems) == (6, ())
    assert found.head == head(log.parents[1])


def test_nothing_recorded_is_an_empty_log(tmp_path):
    assert head(tmp_path) == START
    assert verify(tmp_path).problems == ()


def test_an_edited_deleted_or_swapped_line_is_found(log):
    lines = log.read_bytes().splitlines(keepends=True)
    edited = [*lines[:2], lines[2].replace(b'"n2"', b'"n9"'), *lines[3:]]
    deleted = [*lines[:2], *lines[3:]]
    swapped = [*lines[:2], lines[3], lines[2], *lines[4:]]
    spaced = [*lines[:2], lines[2].replace(b'":', b'": ', 1), *lines[3:]]
    for changed in (edited, deleted, swapped, spaced):
        log.write_bytes(b"".join(changed))
        assert problems(log), changed


def test_a_cut_tail_is_found_by_the_head_beside_it(log):
    log.write_bytes(b"".join(log.read_bytes().splitlines(keepends=True)[:4]))
    assert "lines are lost" in problems(log)[0]


def test_a_cut_tail_with_a_forged_head_is_found_by_a_head_kept_elsewhere(log):
    kept = head(log.parents[1])
    log.write_bytes(b"".join(log.read_bytes().splitlines(keepends=True)[:4]))
    (log.parent / "head").write_text(head(log.parents[1]))
    assert not problems(log)
    assert problems(log, heads={"by the operator": kept})


def test_a_later_record_does_not_hide_a_cut_tail(log):
    log.write_bytes(b"".join(log.read_bytes().splitlines(keepends=True)[:4]))
    record(log.parents[1], "run", {"night": "n7"})
    assert [entry.event for entry in entries(log.parents[1])][-2:] == ["gap", "run"]
    assert "lost its end" in problems(log)[0]


def test_a_line_torn_by_a_crash_is_dropped_by_the_next_record(log):
    with log.open("ab") as file:
        file.write(b'{"at":"2026')
    assert problems(log)
    record(log.parents[1], "run", {"night": "n7"})
    assert not problems(log)


def test_a_crash_between_the_line_and_its_head_breaks_nothing(log):
    before = (log.parent / "head").read_text()
    record(log.parents[1], "run", {"night": "n7"})
    (log.parent / "head").write_text(before)
    assert not problems(log)
    record(log.parents[1], "run", {"night": "n8"})
    assert not problems(log)


def test_a_candidate_is_recorded_by_a_pseudonym_only(tmp_path):
    record(tmp_path, "decision", {"candidate_id": "C00001", "decision": "selected"})
    record(tmp_path, "decision", {"candidate_id": "C00001", "decision": "rejected"})
    first, second = entries(tmp_path)
    assert first.facts["candidate"] == second.facts["candidate"]
    assert "C00001" not in (tmp_path / "audit" / "log.jsonl").read_text()


def test_prose_is_refused(tmp_path):
    with pytest.raises(ValueError, match="at most 200"):
        record(tmp_path, "decision", {"reason": "a" * 201})
    with pytest.raises(ValueError, match="lower-case word"):
        record(tmp_path, "A decision", {})


def test_many_writers_make_one_chain(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: record(tmp_path, "run", {"n": n}), range(40)))
    assert verify(tmp_path).lines == 40
    assert not verify(tmp_path).problems


def test_only_the_owner_reads_it(log):
    modes = {path.stat().st_mode & 0o777 for path in log.parent.iterdir()}
    assert modes == {0o600}
    assert log.parent.stat().st_mode & 0o777 == 0o700
