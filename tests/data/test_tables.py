"""Files as agencies export them: separators, encodings, broken records."""

import csv

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.errors import InputError
from data.tables import ROW, encoding_of, find_table, read_table


def write(folder, name, content, encoding="utf-8"):
    path = folder / name
    path.write_bytes(content.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";"])
def test_csv_of_every_encoding_and_separator_reads_alike(tmp_path, encoding, separator):
    lines = ["candidate_id,place", "C1,Liège", 'C2,"two\nlines, and ""quotes"""']
    content = "\n".join(lines[:1] + lines[1:]).replace(",", separator)
    path = write(tmp_path, "candidates.csv", content, encoding)
    frame = read_table(path).frame
    second = f'two\nlines{separator} and "quotes"'
    assert frame.rows() == [(1, "C1", "Liège"), (2, "C2", second)]


CELL = st.text(st.characters(codec="utf-8"), max_size=12)


@settings(
    max_examples=100,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(rows=st.lists(st.tuples(CELL, CELL)), separator=st.sampled_from(",;"))
def test_whatever_a_csv_writer_wrote_is_read_back(tmp_path, rows, separator):
    path = tmp_path / "briefs.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=separator).writerows([("brief_id", "title"), *rows])
    frame = read_table(path).frame
    assert frame.select("brief_id", "title").rows() == rows


def test_windows_line_ends_and_empty_lines_are_no_records(tmp_path):
    path = write(tmp_path, "briefs.csv", "brief_id,title\r\nB1,CFO\r\n\r\nB2,CEO\r\n")
    assert read_table(path).frame.rows() == [(1, "B1", "CFO"), (2, "B2", "CEO")]


def test_a_record_with_too_many_or_too_few_cells_is_turned_away_alone(tmp_path):
    content = "brief_id;title\nB1;CFO\nB2;CEO; and more\nB3\nB4;HR;;"
    table = read_table(write(tmp_path, "briefs.csv", content))
    assert table.frame.get_column("brief_id").to_list() == ["B1", "B4"]
    assert table.malformed.get_column(ROW).to_list() == [2, 3]
    assert "must have 2 cells" in table.malformed.item(0, "reason")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ('brief_id,title\nB1,"CFO\nB2,CEO', "A quoted cell must end"),
        ("", "must name its columns"),
        ("brief_id,brief_id\nB1,B2", "brief_id stands twice"),
    ],
)
def test_a_csv_that_is_none_says_what_to_do(tmp_path, content, says):
    with pytest.raises(InputError, match=says):
        read_table(write(tmp_path, "briefs.csv", content))


def test_bytes_of_no_encoding_are_refused():
    with pytest.raises(InputError, match="Export it again as UTF-8"):
        encoding_of(b"\x81\x8d\xff", "briefs.csv")


def test_two_files_of_one_table_are_both_named(tmp_path):
    write(tmp_path, "briefs.csv", "brief_id,title")
    write(tmp_path, "briefs.jsonl", "")
    with pytest.raises(InputError, match=r"briefs\.csv and briefs\.jsonl"):
        find_table(tmp_path, "briefs")


def test_json_lines_keep_lists_and_turn_away_what_is_no_object(tmp_path):
    lines = [
        '{"brief_id": "B1", "must_have": ["IFRS; and more", 3], "weights": {"skills": 0.5}}',
        "not json",
        '["B2"]',
        '{"brief_id": "\\ud800"}',
        '{"brief_id": "B3", "must_have": "SAP", "languages": [{"code": "nl", "level": "C1"}]}',
    ]
    table = read_table(write(tmp_path, "briefs.jsonl", "\n".join(lines)))
    assert table.frame.get_column(ROW).to_list() == [1, 5]
    assert table.frame.get_column("must_have").to_list() == [["IFRS; and more", "3"], ["SAP"]]
    assert table.frame.item(0, "weights") == '{"skills": 0.5}'
    assert table.frame.item(1, "languages").to_list() == ["nl:C1:"]
    assert table.malformed.get_column(ROW).to_list() == [2, 3, 4]


def test_parquet_keeps_types_and_flattens_languages(tmp_path):
    path = tmp_path / "briefs.parquet"
    languages = [{"code": "nl", "level": "C1", "required": True}]
    pl.DataFrame(
        {"brief_id": ["B1"], "days_per_week": [2.5], "languages": [languages]}
    ).write_parquet(path)
    frame = read_table(path).frame
    assert frame.item(0, "days_per_week") == 2.5
    assert frame.item(0, "languages").to_list() == ["nl:C1:true"]


def test_a_parquet_file_that_is_none_is_refused(tmp_path):
    with pytest.raises(InputError, match="must be a Parquet file"):
        read_table(write(tmp_path, "briefs.parquet", "brief_id,title"))
