from data.schema.describe import describe
from pipeline.documentation import DATA, PACKAGES, README, ROOT, _purpose, with_tree


def test_the_tree_of_the_readme_is_todays():
    text = README.read_text(encoding="utf-8")
    assert with_tree(text) == text, "run `make docs`"


def test_the_data_dictionary_is_todays():
    assert DATA.read_text(encoding="utf-8") == describe(), "run `make docs`"


def test_every_module_says_in_one_sentence_why_it_exists():
    files = [file for package in PACKAGES for file in (ROOT / package).rglob("*.py")]
    assert files
    assert [str(f.relative_to(ROOT)) for f in files if not 10 < len(_purpose(f)) <= 120] == []
