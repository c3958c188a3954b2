import pytest

from data.errors import InputError
from pipeline.settings import Settings, read_settings


@pytest.fixture
def write(tmp_path):
    def write(text):
        path = tmp_path / "settings.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_without_a_file_everything_has_its_default():
    assert read_settings(None) == Settings()


def test_a_section_sets_what_it_names_and_leaves_the_rest(write):
    chosen = read_settings(write('[export]\nlanguage = "nl"\n[shortlist]\ntop = 3\n'))
    assert chosen.export.language == "nl"
    assert chosen.shortlist.top == 3
    assert chosen.encoder == Settings().encoder


def test_own_column_names(write):
    chosen = read_settings(write('[inbox.columns.candidates]\n"Kandidaat nr" = "candidate_id"\n'))
    assert chosen.inbox.columns == {"candidates": {"Kandidaat nr": "candidate_id"}}


def test_an_unknown_key_is_told_with_the_known_ones(write):
    with pytest.raises(InputError, match=r"got wrokers\. Known are workers, engine"):
        read_settings(write("[night]\nwrokers = 3\n"))


def test_a_value_of_the_wrong_kind_is_told_with_its_place(write):
    with pytest.raises(InputError, match=r"night: workers does not fit: .*integer.*got 'many'"):
        read_settings(write('[night]\nworkers = "many"\n'))


def test_a_language_that_is_not_there_is_refused(write):
    with pytest.raises(InputError, match="'en', 'fr', 'nl' or 'de'"):
        read_settings(write('[export]\nlanguage = "es"\n'))


def test_no_toml_is_refused(write):
    with pytest.raises(InputError, match="must be a TOML file"):
        read_settings(write("language: nl"))
