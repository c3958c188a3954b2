# ruff: noqa: RUF001 - the dashes, quotes and broken characters of real CVs are meant
import pytest

from data.text.clean import clean, fold


@pytest.mark.parametrize(
    ("broken", "mended"),
    [
        ("3Â years", "3 years"),
        ("the clientâ€™s plan", "the client’s plan"),
        ("rÃ©gion", "région"),
        ("City ï¼\u200b State", "City - State"),
        ("DelegateÂ", "Delegate"),
        ("Ã¢â‚¬â„¢", "’"),
        ("R&amp;D 2007 &ndash; 2013, AT&T", "R&D 2007 – 2013, AT&T"),
        ("MARCHÉ» et CHÂTEAU", "MARCHÉ» et CHÂTEAU"),
        ("Âge et Île", "Âge et Île"),
    ],
)
def test_text_that_was_decoded_wrongly_is_mended_and_french_is_left(
    broken: str, mended: str
) -> None:
    assert clean(broken) == mended


@pytest.mark.parametrize(
    "unseen",
    ["\u200b", "\u202e", "\u00ad", "\ufeff", "\U000e0041", "\x00", "\x07", "\ud800"],
    ids=["zero width", "bidi", "soft hyphen", "mark", "tag", "nul", "bell", "surrogate"],
)
def test_characters_that_nobody_sees_are_gone(unseen: str) -> None:
    assert clean(f"man{unseen}ager") == "manager"


def test_quotes_show_what_the_cv_says_but_letters_are_composed() -> None:
    assert clean("200 m² ½ ™ cafe\u0301 ﬁnance ＳＡＰ") == "200 m² ½ ™ café finance SAP"


def test_blanks_and_lines_are_tidied_and_gaps_kept() -> None:
    assert clean("CFO\t2015  \r\n\r\n\r\n\n  Acme\u00a0NV ") == "CFO  2015\n\nAcme NV"


def test_cleaning_twice_changes_nothing() -> None:
    once = clean("ï‚· Ã©tÃ©Â \t x\n\n\n \u2028y")

    assert clean(once) == once


def test_folding_drops_case_and_accents() -> None:
    assert fold("Élève ﬁn STRASSE straße") == "eleve fin strasse strasse"
