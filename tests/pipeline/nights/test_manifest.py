from datetime import date

from pipeline.nights.manifest import file_hashes, night_key, versions


def test_files_are_named_by_their_place_and_told_by_their_content(tmp_path):
    (tmp_path / "cvs").mkdir()
    (tmp_path / "cvs" / "a.txt").write_text("abc")
    digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"  # FIPS 180-2
    assert file_hashes(tmp_path) == {"cvs/a.txt": digest}


def test_the_key_changes_with_the_date_an_input_a_setting_and_the_weights():
    base = night_key(date(2026, 11, 22), {"a": "1"}, {"top": 10}, "w")
    assert base == night_key(date(2026, 11, 22), {"a": "1"}, {"top": 10}, "w")
    others = {
        night_key(date(2026, 11, 23), {"a": "1"}, {"top": 10}, "w"),
        night_key(date(2026, 11, 22), {"a": "2"}, {"top": 10}, "w"),
        night_key(date(2026, 11, 22), {"a": "1"}, {"top": 11}, "w"),
        night_key(date(2026, 11, 22), {"a": "1"}, {"top": 10}, "v"),
    }
    assert base not in others
    assert len(others) == 4


def test_the_versions_name_the_kernel_of_the_matrix_products():
    assert any(name.startswith("kernel:") for name in versions())
