"""The comparison of two versions in words and as plain text."""

from datetime import date

from pipeline.clinic import wording
from pipeline.clinic.changes import FieldChange, RequirementChange
from pipeline.clinic.compare import Chosen, Comparison, Move
from pipeline.clinic.text import section
from pipeline.export import phrases
from pipeline.export.catalogue import Language, Messages
from pipeline.export.text import plain

LONGEST_VALUE = 120


def compare_text(comparison: Comparison, language: Language) -> str:
    """The comparison in the reader's language, ending in a line break."""
    m = wording.clinic_messages(language)
    moves = [
        f"{move.candidate_id}: {rank_change(move, m)}{_why(move, m)}" for move in comparison.moves
    ]
    lines = [
        f"{m.t('clinic.compare')} · {comparison.after.brief_id} · {comparison.after.title}",
        f"{m.t('page.version', n=comparison.before.version)} → {comparison.after.version}",
        *section(
            m.t("compare.fields"),
            [f"{m.name('field', c.field)}: {between(c, m)}" for c in comparison.fields]
            or [m.t("compare.no_fields")],
        ),
        *section(
            m.t("compare.requirements"),
            [requirement(change, m) for change in comparison.requirements]
            or [m.t("compare.no_requirements")],
        ),
        *section(m.t("compare.demand"), demand(comparison, m) or [m.t("compare.no_demand")]),
        *section(
            m.t("compare.movers"),
            [m.t("compare.movers_note", date=m.day(comparison.as_of))]
            + (moves or [m.t("compare.no_movers")]),
        ),
        *section(
            m.t("compare.chosen"),
            [line for one in comparison.chosen for line in chosen(one, m)]
            or [m.t("compare.nobody_chosen")],
        ),
    ]
    return plain(lines)


def between(change: FieldChange, messages: Messages) -> str:
    """Both values of a field; of a long text only that it changed."""
    before, after = (value(change.field, side, messages) for side in (change.before, change.after))
    if change.field == "description" and change.before and change.after:
        return messages.t("compare.text_changed")
    return messages.t("compare.between", before=before, after=after)


def value(field: str, stated: object, messages: Messages) -> str:
    """A value of a brief as the reader writes it; long ones are cut."""
    match stated:
        case None | []:
            return messages.t("compare.none")
        case date():
            return messages.day(stated)
        case float() if field == "day_rate_max_eur":
            return messages.t("page.per_day", n=messages.number(stated))
        case float() | int():
            return messages.number(stated, 0 if float(stated).is_integer() else 1)
        case list() if field == "languages":
            return phrases.languages([(one["code"], one["level"]) for one in stated], messages)
        case list():
            return "; ".join(str(one) for one in stated)
        case _:
            text = " ".join(str(stated).split())
            named = messages.name(field, text) if field in ("reason", "work_mode") else text
            return named if len(named) <= LONGEST_VALUE else f"{named[:LONGEST_VALUE]}…"


def requirement(change: RequirementChange, messages: Messages) -> str:
    """How one requirement changed."""
    tier = messages.t(f"tier.{change.tier}")
    if change.kind == "moved":
        before = messages.t(f"tier.{change.before_tier}")
        return messages.t("compare.moved", text=change.text, before=before, after=tier)
    if change.kind == "reworded":
        return messages.t("compare.reworded", before=change.before_text, after=change.text)
    return f"{messages.t(f'compare.{change.kind}', text=change.text)} ({tier})"


def demand(comparison: Comparison, messages: Messages) -> list[str]:
    """The dimensions of adaptability that are asked for more or less."""
    return [
        f"{messages.name('dimension', dimension)}: "
        + messages.t(
            "compare.between", before=messages.percent(before), after=messages.percent(after)
        )
        for dimension, before, after in comparison.demand
    ]


def rank_change(move: Move, messages: Messages) -> str:
    """The rank under both versions."""
    off = messages.t("compare.off")
    return messages.t("compare.rank", before=move.before or off, after=move.after or off)


def why(move: Move, messages: Messages) -> str:
    """The hard conditions that a candidate no longer meets, or meets now."""
    parts = [
        messages.t(f"compare.{key}", gates=_gates(gates, messages))
        for key, gates in (("now_fails", move.failing), ("now_passes", move.passing))
        if gates
    ]
    return "; ".join(parts)


def chosen(one: Chosen, messages: Messages) -> list[str]:
    """Whether the chosen candidate still fits, and what is open."""
    verdict = messages.t(f"compare.{one.verdict}", gates=_gates(one.move.failing, messages))
    ranked = one.move.before or one.move.after
    moved = f" {rank_change(one.move, messages)}" if ranked else ""
    lines = [f"{one.move.candidate_id}: {verdict}{moved}"]
    open_points = (
        ("still_fails", "gates", _gates(one.failed, messages)),
        ("unknown_gates", "gates", _gates(one.unknown, messages)),
        ("newly_missing", "texts", "; ".join(one.newly)),
        ("still_missing", "texts", "; ".join(one.still)),
    )
    lines += [
        f"  {messages.t(f'compare.{key}', **{slot: told})}"
        for key, slot, told in open_points
        if told
    ]
    return lines


def _why(move: Move, messages: Messages) -> str:
    told = why(move, messages)
    return f" ({told})" if told else ""


def _gates(gates: tuple[str, ...], messages: Messages) -> str:
    return ", ".join(messages.name("gate", gate) for gate in gates)
