"""Facts of an explanation as sentences in the reader's language, worded alike in every export."""

from collections.abc import Sequence

from pipeline.export.catalogue import Messages
from pipeline.export.shortlist import (
    Claim,
    Contribution,
    Decided,
    Flag,
    GateAnswer,
    Question,
    Quote,
)

BULLETS = "-*\u2022\u2013\u2014\u00b7 "


def where(quote: Quote, messages: Messages) -> str:
    """Where a quote stands and what it is worth: section, months, evidence level."""
    section = messages.name("section", quote.section) if quote.section else ""
    parts = [section, messages.period(quote.start, quote.end)]
    parts.append(messages.name("level", str(quote.level)))
    return messages.t("quote.list").join(part for part in parts if part)


def marked(text: str, messages: Messages) -> str:
    """A text in the quotation marks of the language, on one line and without its bullet."""
    return messages.t("quote.marks", text=" ".join(text.split()).lstrip(BULLETS))


def quoted(quote: Quote, messages: Messages) -> str:
    """A quote with where it stands, on one line."""
    return messages.t(
        "quote.detail", quote=marked(quote.text, messages), where=where(quote, messages)
    )


def question(asked: Question, messages: Messages) -> str:
    """A question that can be put to the candidate as it is."""
    if asked.kind == "gate":
        key = f"question.gate_{asked.subject}"
        if key in messages.entries:
            return messages.t(key)
        return messages.t("question.gate_other", subject=messages.name("gate", asked.subject))
    subject = asked.subject
    if asked.kind == "dimension":
        subject = messages.name("dimension", subject)
    return messages.t(f"question.{asked.kind}", subject=subject.rstrip(" .;"))


def claim(stated: Claim, messages: Messages) -> str:
    """What to verify and why, without a verdict."""
    subject = stated.subject
    if stated.kind == "dimension":
        subject = messages.name("dimension", subject)
    quote = marked(stated.quote.text, messages)
    return messages.t("verify.claim", subject=subject.rstrip(" .;"), quote=quote)


def flag(raised: Flag, messages: Messages) -> str:
    """A remark on the document, with its detail where there is one."""
    said = messages.name("flag", raised.name)
    return f"{said} ({raised.detail})" if raised.detail else said


def decided(made: Decided, messages: Messages) -> str:
    """A decision of a person on one line: what, when, who, why."""
    parts = [messages.name("decision", made.decision)] if made.decision else []
    if made.place:
        parts.append(messages.t("decided.place", n=made.place))
    parts.append(messages.day(made.on))
    if made.by:
        parts.append(messages.t("decided.by", who=made.by))
    said = messages.t("quote.list").join(parts)
    return messages.t("quote.about", subject=said, detail=made.reason) if made.reason else said


def gate(answer: GateAnswer, messages: Messages) -> str:
    """A hard condition, its answer and the reason."""
    said = messages.t(f"answer.{answer.answer}")
    detail = f"{said} ({answer.reason})" if answer.reason else said
    return messages.t("quote.about", subject=messages.name("gate", answer.gate), detail=detail)


def languages(spoken: Sequence[tuple[str, str | None]], messages: Messages) -> str:
    """Language codes with their levels: FR C1, NL B2."""
    return messages.t("quote.list").join(
        f"{code.upper()} {level}" if level else code.upper() for code, level in spoken
    )


def place(town: str | None, country: str | None) -> str:
    """Town and country, as far as known."""
    return f"{town} ({country})" if town and country else town or country or ""


def product(part: Contribution, messages: Messages) -> str:
    """Value times weight, as figures."""
    value, weight = messages.number(part.value, 2), messages.number(part.weight, 2)
    return messages.t("figure.product", value=value, weight=weight)


def span(ranks: tuple[int, int], messages: Messages) -> str:
    """The ranks of a tie band; empty where the candidate stands alone."""
    first, last = ranks
    return messages.t("period.span", first=first, last=last) if first != last else ""
