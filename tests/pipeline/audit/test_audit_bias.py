"""The report of the audit of bias: what it crosses and slices, and what it must not give away."""

import polars as pl
import pytest

from data.errors import InputError
from pipeline.audit.bias import audit_bias, read_attributes
from pipeline.audit.bias_slices import languages_told


@pytest.fixture
def runs(tmp_path):
    """A published night: one brief in Dutch, one in French, forty candidates."""
    night = tmp_path / "runs" / "nights" / "2026-11-22T02-00-00Z_abc"
    (night / "explain").mkdir(parents=True)
    (night / "manifest.json").write_text('{"as_of": "2026-11-22"}')
    (tmp_path / "runs" / "current").symlink_to(night)
    ids = [f"C{n:02d}" for n in range(40)]
    rows = [(b, c, n + 1, 1 - n / 50) for b in ("B1", "B2") for n, c in enumerate(ids)]
    pl.DataFrame(
        rows, schema=["brief_id", "candidate_id", "rank", "score"], orient="row"
    ).write_parquet(night / "longlist.parquet")
    pl.DataFrame(schema={"brief_id": pl.String, "candidate_id": pl.String}).write_parquet(
        night / "ineligible.parquet"
    )
    briefs = pl.DataFrame({"brief_id": ["B1", "B2"], "language": ["nl", "fr"]})
    briefs.write_parquet(night / "explain" / "briefs.parquet")
    told = {"candidate_id": ids, "cv_language": ["en" if n % 4 < 2 else "de" for n in range(40)]}
    pl.DataFrame(told).write_parquet(night / "explain" / "candidates.parquet")
    return tmp_path / "runs"


def attributes(folder, rows):
    path = folder / "attributes.csv"
    path.write_text("candidate_id,sex,origin\n" + "".join(f"{row}\n" for row in rows))
    return path


def test_the_report_crosses_attributes_and_slices_by_language(runs, tmp_path):
    rows = [f"C{n:02d},{'woman' if n % 2 else 'man'},{'x' if n < 20 else 'y'}" for n in range(40)]
    told = audit_bias(attributes(tmp_path, rows), runs, top=10).to_text()
    for line in ("sex, all briefs", "sex, briefs in fr", "sex, briefs in nl", "sex + origin, all"):
        assert line in told
    # Ten of each twenty before two briefs: x has all twenty places of forty cases.
    assert "  x                            20     0.500  1.00 insufficient" in told
    assert "woman + y" in told
    assert "insufficient (< 0." in told


def test_the_report_slices_single_attributes_by_the_language_of_the_cv(runs, tmp_path):
    rows = [f"C{n:02d},{'woman' if n % 2 else 'man'},{'x' if n < 20 else 'y'}" for n in range(40)]
    told = audit_bias(attributes(tmp_path, rows), runs, top=10).to_text()
    # Of the first ten, six have a CV in English (C00, C01, C04, C05, C08, C09): three a group.
    section = next(part for part in told.split("\n\n") if part.startswith("sex, CVs in en"))
    assert f"  man                          10     {3 / 10:.3f}  1.00 insufficient" in section
    assert f"  woman                        10     {3 / 10:.3f}  1.00 insufficient" in section
    assert "sex + origin, CVs" not in told


def test_a_night_that_tells_no_language_of_cvs_has_no_such_slices(runs, tmp_path):
    (runs / "current" / "explain" / "candidates.parquet").unlink()
    rows = [f"C{n:02d},{'woman' if n % 2 else 'man'},x" for n in range(40)]
    told = audit_bias(attributes(tmp_path, rows), runs, top=10).to_text()
    assert "sex, briefs in fr" in told
    assert "CVs in" not in told


@pytest.mark.parametrize(
    ("cells", "languages"),
    [
        ({"a": {"nl": 20, "fr": 10}, "b": {"nl": 10, "fr": 10}}, ["nl", "fr"]),
        ({"a": {"nl": 20, "fr": 10}, "b": {"nl": 10, "fr": 9}}, []),  # 19 - 10 would tell of 9
        ({"a": {"nl": 20, "fr": 10}, "b": {"nl": 19}}, ["nl", "fr"]),  # nobody is no small group
        ({"a": {"nl": 30, "fr": 20, "de": 10}, "b": {"nl": 12, "fr": 6, "de": 5}}, ["nl"]),
        ({"a": {"nl": 30, "fr": 20}, "b": {"nl": 5, "fr": 4}}, ["nl", "fr"]),  # hidden anyway
        ({"a": {"nl": 30, None: 4}, "b": {"nl": 12}}, []),
    ],
)
def test_no_slice_gives_a_small_group_away_by_subtraction(cells, languages):
    rows = [
        (group, language)
        for group, sizes in cells.items()
        for language, size in sizes.items()
        for _ in range(size)
    ]
    people = pl.DataFrame(rows, schema=["group", "cv_language"], orient="row")
    assert languages_told(people) == languages


def test_small_groups_are_hidden_and_cannot_be_computed(runs, tmp_path):
    rows = [f"C{n:02d},{'woman' if n < 9 else 'man' if n < 25 else ''},x" for n in range(40)]
    told = audit_bias(attributes(tmp_path, rows), runs, top=10).to_text()
    section = told.split("\n\n")[1]
    assert "<10  not shown" in section
    assert "unknown: not shown" in section
    assert "15" not in section


def test_the_size_of_a_hidden_group_is_not_the_rest_of_all_people(runs, tmp_path):
    rows = [f"C{n:02d},{'woman' if n < 9 else 'man'},x" for n in range(40)]
    told = audit_bias(attributes(tmp_path, rows), runs, top=10).to_text()
    assert "sex, all briefs (people unknown: not shown)" in told  # 40 - 31 - 0 unknown = 9


def test_a_hidden_crossing_is_not_the_rest_of_a_group(runs, tmp_path):
    rows = [f"C{n:02d},{'woman' if n % 2 else 'man'},{'x' if n < 34 else 'y'}" for n in range(40)]
    told = audit_bias(attributes(tmp_path, rows), runs, top=10).to_text()
    crossed = next(p for p in told.split("\n\n") if p.startswith("sex + origin, all briefs"))
    assert "  woman + x                   10+ " in crossed  # 20 - 17 = 3
    assert "17" not in crossed
    assert "(<" not in crossed


def test_attributes_are_kept_nowhere(runs, tmp_path):
    rows = [f"C{n:02d},zyx{n % 2},pqr" for n in range(40)]
    audit_bias(attributes(tmp_path, rows), runs, top=10)
    for file in runs.rglob("*"):
        if file.is_file():
            assert b"zyx" not in file.read_bytes()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("id,sex\nC1,man\n", "must have a column candidate_id"),
        ("candidate_id\nC1\n", "at least one more"),
        ("candidate_id,sex\nC1,man\nC1,man\n", "twice"),
        ("candidate_id,age\n" + "".join(f"C{n},{n}\n" for n in range(30)), "at most 20 values"),
    ],
)
def test_attributes_that_cannot_be_used_are_refused(tmp_path, text, reason):
    (tmp_path / "a.csv").write_text(text)
    with pytest.raises(InputError, match=reason):
        read_attributes(tmp_path / "a.csv")
