"""Findings of the clinic as sentences, worded alike in text and on pages."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from pipeline.clinic.check import BriefCheck, Demand
from pipeline.clinic.contradictions import Contradiction
from pipeline.clinic.relaxations import Relaxation
from pipeline.clinic.rigidity import Cost, Eased
from pipeline.export.catalogue import Language, Messages, client_language, load_messages
from pipeline.export.shortlist import BriefFacts

PACKAGE: Final = "pipeline.clinic"
MOST_GAINS: Final = 5
"""Candidates that one relaxation names."""
_MONEY: Final = ("rate", "budget")
_TOPICS: Final = {"asap": "start", "mode": "place"}
_OWN_QUESTION: Final = (
    "past",
    "tiers",
    "learnable",
    "budget",
    "language_unlisted",
    "language_untold",
)


def clinic_messages(language: Language) -> Messages:
    """The catalogue of a language with the sentences of the clinic."""
    return load_messages(language, PACKAGE)


def quoted(text: str, messages: Messages) -> str:
    """A sentence of the brief in the quotation marks of the reader, on one line."""
    return messages.t("quote.marks", text=" ".join(text.split()))


def contradiction(found: Contradiction, messages: Messages) -> str:
    """What contradicts what, with the sentence of the brief where there is one."""
    said = messages.t(f"contradiction.{found.kind}", **_values(found, messages))
    return f"{said} {quoted(found.quote, messages)}" if found.quote else said


def client_questions(check: BriefCheck) -> tuple[str, ...]:
    """What to ask the client, in the client's language, ready to send."""
    messages = clinic_messages(client_language(check.language))
    missing = [point.topic for point in check.points if point.state == "missing"]
    return (
        *(messages.t(f"ask.{topic}") for topic in missing),
        *(messages.t("ask.measure", aim=aim.rstrip(" .;")) for aim in check.unmeasured),
        *dict.fromkeys(_question(found, messages) for found in check.contradictions),
        *([messages.t("ask.rigid", quote=_plain(check.rigid))] if check.rigid else []),
    )


def _question(found: Contradiction, messages: Messages) -> str:
    topic = messages.name("topic", _TOPICS.get(found.kind, found.kind))
    values = {**_values(found, messages), "quote": _plain(found.quote or ""), "topic": topic}
    kind = found.kind if found.kind in _OWN_QUESTION else "which"
    return messages.t(f"ask.{kind}", **values)


def _plain(quote: str) -> str:
    return " ".join(quote.split()).rstrip(".")


def _values(found: Contradiction, messages: Messages) -> dict[str, str]:
    money = found.kind in _MONEY
    return {name: _value(name, value, money, messages) for name, value in found.values.items()}


def _value(name: str, value: object, money: bool, messages: Messages) -> str:
    match value:
        case date():
            return messages.day(value)
        case int():
            return messages.number(value)
        case float() if money:
            return messages.t("page.per_day", n=messages.number(value))
        case float():
            return messages.number(value, 0 if value.is_integer() else 1)
        case (float() as least, float() as most):
            ends = [_value(name, end, money, messages) for end in dict.fromkeys((least, most))]
            return "–".join(ends)  # noqa: RUF001
        case _ if name == "code":
            return messages.name("language", str(value))
        case _:
            return messages.name("work_mode", str(value))


def condition(cost: Cost | Relaxation, brief: BriefFacts, messages: Messages) -> str:
    """A condition of the brief by its name."""
    if cost.kind == "must":
        return messages.t("condition.must", subject=cost.subject)
    if cost.kind == "language":
        level = dict(brief.languages).get(cost.subject)
        key = "condition.language_level" if level else "condition.language"
        subject = messages.name("language", cost.subject)
        return messages.t(key, subject=subject, level=level or "")
    mode = messages.name("work_mode", brief.work_mode) if brief.work_mode else None
    stated = {
        "rate": messages.t("page.per_day", n=messages.number(brief.day_rate_max_eur or 0)),
        "start": messages.day(brief.start_date) if brief.start_date else "",
        "place": messages.t("quote.list").join(filter(None, [mode, brief.place])),
    }
    return messages.t(f"condition.{cost.kind}", stated=stated[cost.kind])


def how(relaxation: Relaxation, messages: Messages) -> str:
    """How a condition is eased."""
    value: object = relaxation.value
    if relaxation.eased == "mode":
        value = messages.name("work_mode", str(value))
    elif isinstance(value, date):
        value = messages.day(value)
    elif isinstance(value, float):
        value = messages.t("page.per_day", n=messages.number(value))
    return messages.t(f"eased.{relaxation.eased}", value=value)


def gains(eased: Eased, messages: Messages) -> str:
    """What easing a condition brings: how many more pass, and who comes onto the shortlist."""
    parts = [messages.t("eased.eligible", n=eased.eligible)] if eased.eligible else []
    for gain in eased.gains[:MOST_GAINS]:
        key = "eased.gain_new" if gain.before is None else "eased.gain"
        parts.append(
            messages.t(key, candidate=gain.candidate_id, rank=gain.rank, before=gain.before)
        )
    if more := len(eased.gains) - MOST_GAINS:
        parts += [messages.t("eased.more", n=more)] if more > 0 else []
    return "; ".join(parts) or messages.t("eased.nobody")


def demand_reason(demand: Demand, reason: str | None, messages: Messages) -> str:
    """Why a dimension is asked for: the reason of the brief, the words read, signs of routine."""
    start = "clinic.from_reason" if reason else "clinic.no_reason"
    parts = [messages.t(start), *(_word(*found, messages) for found in demand.words)]
    if demand.routine:
        words = messages.t("quote.list").join(_word(*found, messages) for found in demand.routine)
        parts.append(messages.t("clinic.routine", words=words))
    return "; ".join(parts)


def _word(words: str, column: str, messages: Messages) -> str:
    return f"{quoted(words, messages)} ({messages.name('field', column)})"


def heading(brief: BriefFacts, messages: Messages) -> str:
    """The brief by its id, its version and its title."""
    version = f" · {messages.t('page.version', n=brief.version)}" if brief.version > 1 else ""
    return f"{brief.brief_id}{version} · {brief.title}"


def overall(check: BriefCheck, messages: Messages) -> str:
    """How much adapting the brief asks for as a whole."""
    word = messages.t(f"demand_word.{check.overall_word}")
    return messages.t("clinic.overall", word=word, share=messages.percent(check.overall))


def summary(check: BriefCheck, messages: Messages) -> tuple[str, ...]:
    """How many pass, and how many have every must-have."""
    rigidity = check.rigidity
    counts: Mapping[str, object] = {"pool": rigidity.pool, "eligible": rigidity.eligible}
    told = [messages.t("clinic.costs_summary", **counts)]
    if rigidity.musts:
        told.append(
            messages.t(
                "clinic.complete", n=rigidity.complete, pool=rigidity.pool, musts=rigidity.musts
            )
        )
    if check.as_told:
        fails = [f"{messages.name('gate', gate)} {n}" for gate, n in check.as_told.fails]
        told.append(
            messages.t(
                "clinic.as_told" if fails else "clinic.as_told_all",
                n=check.as_told.eligible,
                pool=rigidity.pool,
                gates=messages.t("quote.list").join(fails),
            )
        )
    return tuple(told)
