import pytest

from pipeline.documentation import PACKAGES, ROOT, pages, purpose


@pytest.mark.parametrize("page", ["README.md", "docs/modules.md", "docs/data.md"])
def test_what_the_code_knows_better_is_todays(page):
    assert (ROOT / page).read_text(encoding="utf-8") == pages()[ROOT / page], "run `make docs`"


def test_every_module_says_in_one_sentence_why_it_exists():
    files = [file for package in PACKAGES for file in (ROOT / package).rglob("*.py")]
    assert files
    assert [str(f.relative_to(ROOT)) for f in files if not 10 < len(purpose(f)) <= 120] == []
