from models.adaptability.sentences import sentence_spans, tidy


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


def test_sentences_and_bullets_are_exact_substrings() -> None:
    text = (
        "• Rebuilt the close in four days.\n• Took over a team in crisis; kept everybody on board."
    )

    assert cut(text) == [
        "Rebuilt the close in four days.",
        "Took over a team in crisis;",
        "kept everybody on board.",
    ]


def test_a_line_that_the_page_broke_runs_on() -> None:
    text = (
        "Took charge of the ward during a power failure, moved eleven patients to the\n"
        "third floor and lost none of them in the process of the night that followed it.\n"
        "Registered nurse since 2004."
    )

    assert cut(text)[0].endswith("that followed it.")
    assert len(cut(text)) == 2


def test_short_fragments_tell_nothing() -> None:
    assert cut("Excel\nWord\nSAP FI/CO") == []


def test_tidy_is_one_line_without_bullet_and_full_stop() -> None:
    assert tidy("•  Learned\n SAP alone. ") == "Learned SAP alone"
