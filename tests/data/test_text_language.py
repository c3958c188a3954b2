import pytest

from data.text.language import detect_language


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Led the turnaround of a packaging plant with 400 people."),
        ("fr", "Restructuration de la dette avec quatre banques en neuf semaines."),
        ("nl", "Leidde het sociaal overleg na de fusie van drie ziekenhuizen."),
        ("de", "Aufbau eines neuen Lagers während der laufenden Produktion."),
    ],
)
def test_the_language_of_the_sentences_counts_not_that_of_names_and_tools(
    language: str, text: str
) -> None:
    tools = "\nMicrosoft Excel\nPower BI\nLean Six Sigma\nVlerick Business School\n[e-mail]"

    assert detect_language(text) == language
    assert detect_language(text + tools) == language


def test_text_without_letters_is_english_by_convention() -> None:
    assert detect_language("[phone]\n2012 - 2015") == "en"
    assert detect_language("") == "en"
