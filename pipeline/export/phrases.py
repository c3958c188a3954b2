"""Facts of an explanation as sentences in the reader's language, worded alike in every export."""

from collections.abc import Sequence
from datetime import date

from pipeline.export import reasons
from pipeline.export.blocks import Block
from pipeline.export.catalogue import Messages
from pipeline.export.shortlist import (
    Change,
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
        key = key if key in messages.entries else "question.gate_other"
        said = messages.t(key, subject=messages.name("gate", asked.subject))
        if not asked.told:
            return said
        known = reasons.reason(asked.subject, asked.told, messages)
        return messages.t("quote.detail", quote=said, where=known)
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
    if not raised.detail:
        return said
    return f"{said} ({reasons.flag_detail(raised.name, raised.detail, messages)})"


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


def why(answer: GateAnswer, messages: Messages) -> str:
    """What a hard condition compared; empty where it says nothing."""
    return reasons.reason(answer.gate, answer.reason, messages) if answer.reason else ""


def gate(answer: GateAnswer, messages: Messages) -> str:
    """A hard condition, its answer and the reason."""
    said = messages.t(f"answer.{answer.answer}")
    detail = f"{said} ({why(answer, messages)})" if answer.reason else said
    return messages.t("quote.about", subject=messages.name("gate", answer.gate), detail=detail)


def change(made: Change, messages: Messages, now: int | None = None) -> str:
    """What one fact would change, from the rank `now` (None: not on the list)."""
    score = messages.number(made.score, 1)
    outcome = "off" if made.rank is None else "listed" if now is None else "up"
    if made.rank == now and now is not None:
        outcome = "same"
    said = messages.t(f"change.{outcome}", rank=made.rank, now=now, score=score)
    subject, kind = made.subject, made.kind
    if kind == "language":
        spoken = (reasons.spoken(*_code_level(part), messages) for part in subject.split(", "))
        subject = messages.t("quote.list").join(spoken)
    elif kind == "availability":
        subject = messages.day(date.fromisoformat(subject))
    elif kind == "day_rate":
        subject = messages.number(float(subject))
    elif kind == "place":
        kind = "distance" if subject[:1].isdigit() else "mode"
        subject = messages.name("work_mode", subject) if kind == "mode" else subject
    elif kind == "requirement":
        subject = marked(subject.rstrip(" .;"), messages)
    return messages.t(f"change.{kind}", subject=subject, outcome=said)


def block(found: Block, messages: Messages) -> str:
    """What keeps a brief from its 48 hours."""
    words = [messages.t(f"block.{each}") for each in found.gaps]
    words += [messages.name("gate", each) for each in found.gates]
    subjects = messages.t("quote.list").join(words)
    return messages.t(f"block.{found.kind}", subjects=subjects, n=found.n)


def languages(spoken: Sequence[tuple[str, str | None]], messages: Messages) -> str:
    """Language codes with their levels: FR C1, NL B2."""
    return messages.t("quote.list").join(
        f"{code.upper()} {level}" if level else code.upper() for code, level in spoken
    )


def place(town: str | None, country: str | None) -> str:
    """Town and country, as far as known."""
    return f"{town} ({country})" if town and country else town or country or ""


def product(part: Contribution, messages: Messages) -> str:
    """Value times weight, with as many figures as their product needs to give the points."""
    value, weight = messages.number(part.value, 3), messages.number(part.weight, 3)
    return messages.t("figure.product", value=value, weight=weight)


def span(ranks: tuple[int, int], messages: Messages) -> str:
    """The ranks of a tie band; empty where the candidate stands alone."""
    first, last = ranks
    return messages.t("period.span", first=first, last=last) if first != last else ""


def _code_level(told: str) -> tuple[str, str | None]:
    code, _, level = told.partition(" ")
    return code, level or None
