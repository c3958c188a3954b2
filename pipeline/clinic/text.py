"""A brief check as plain text, for a terminal or a mail."""

from collections.abc import Iterable
from textwrap import wrap

from pipeline.clinic import wording
from pipeline.clinic.check import BriefCheck
from pipeline.export.catalogue import Language, Messages
from pipeline.export.text import plain

WIDTH = 100


def check_text(check: BriefCheck, language: Language) -> str:
    """The check in the reader's language, its questions in the client's; ends in a line break."""
    m = wording.clinic_messages(language)
    lines = [
        f"{m.t('clinic.check')} · {wording.heading(check.brief, m)}",
        m.t("clinic.as_of", date=m.day(check.as_of)),
        *section(m.t("clinic.completeness"), _points(check, m)),
        *section(
            m.t("clinic.questions"),
            _numbered(wording.client_questions(check)) or [m.t("clinic.nothing_to_ask")],
        ),
        *section(
            m.t("clinic.contradictions"),
            [wording.contradiction(found, m) for found in check.contradictions]
            or [m.t("clinic.no_contradictions")],
        ),
        *section(m.t("clinic.costs"), _costs(check, m)),
        *section(m.t("clinic.demand"), _demand(check, m)),
    ]
    return plain(lines)


def section(heading: str, entries: Iterable[str]) -> list[str]:
    """A heading and its entries, long ones wrapped."""
    lines = ["", heading]
    for entry in entries:
        depth = 2 + len(entry) - len(entry.lstrip())
        lines += wrap(
            entry.strip(), WIDTH, initial_indent=" " * depth, subsequent_indent=" " * (depth + 2)
        )
    return lines


def _points(check: BriefCheck, m: Messages) -> list[str]:
    width = max(len(m.t(f"topic.{point.topic}")) for point in check.points)
    lines = []
    for point in check.points:
        said = f"{m.t(f'topic.{point.topic}'):<{width}}  {m.t(f'state_of.{point.state}')}"
        if point.quote:
            quote = wording.quoted(point.quote, m)
            said = m.t("quote.about", subject=said, detail=quote)
        lines.append(said)
    if any(point.state == "told" for point in check.points):
        lines.append(m.t("state_of.told_note"))
    return lines


def _numbered(entries: Iterable[str]) -> list[str]:
    return [f"{number}. {entry}" for number, entry in enumerate(entries, start=1)]


def _costs(check: BriefCheck, m: Messages) -> list[str]:
    rigidity = check.rigidity
    lines = list(wording.summary(check, m))
    if check.rigid:
        lines.append(m.t("clinic.rigid", quote=wording.quoted(check.rigid, m)))
    if not rigidity.costs:
        return [*lines, m.t("clinic.no_conditions")]
    lines.append(m.t("clinic.costs_note"))
    for cost in rigidity.costs:
        counts = ", ".join(
            f"{m.t(f'clinic.{name}').lower()} {number}"
            for name, number in (
                ("fails", cost.fails),
                ("unknown", cost.unknown),
                ("alone", cost.alone),
            )
        )
        lines.append(f"{wording.condition(cost, check.brief, m)}: {counts}")
        lines += [f"  {wording.how(e.relaxation, m)}: {wording.gains(e, m)}" for e in cost.eased]
    if best := rigidity.best:
        name = wording.condition(best.relaxation, check.brief, m)
        said = m.t("eased.said", condition=name, how=wording.how(best.relaxation, m))
        lines.append(f"{m.t('clinic.best')} {said}: {wording.gains(best, m)}")
    else:
        lines.append(m.t("clinic.nothing_gained"))
    return lines


def _demand(check: BriefCheck, m: Messages) -> list[str]:
    rows = [
        f"{m.name('dimension', demand.dimension)} {m.percent(demand.level)}: "
        f"{wording.demand_reason(demand, check.brief.reason, m)}"
        for demand in check.demand
    ]
    return [wording.overall(check, m), *rows]
