"""A start kit as plain text, to paste into a mail."""

from pipeline.export.catalogue import Messages, load_messages
from pipeline.export.phrases import place
from pipeline.export.text import plain
from pipeline.start_kit.content import SECTIONS
from pipeline.start_kit.kit import StartKit
from pipeline.start_kit.moments import Moment

PACKAGE = "pipeline.start_kit"


def kit_messages(kit: StartKit) -> Messages:
    """The catalogue in the language of a kit."""
    return load_messages(kit.language, PACKAGE)


def kit_text(kit: StartKit) -> str:
    """The kit with a box before everything that is to be had ready; ends in a line break."""
    m = kit_messages(kit)
    lines = [f"{m.t('kit.title')}: {kit.candidate}", kit.brief.title, *facts(kit, m)]
    for section in SECTIONS:
        lines += [
            "",
            m.t(f"kit.{section}"),
            *(f"  [ ] {line}" for line in section_lines(kit, section, m)),
        ]
    lines += ["", m.t("kit.goals"), *(f"  - {line}" for line in goals(kit, m))]
    lines += [
        "",
        m.t("kit.moments"),
        *(f"  {when(each, m)}  {what(each, m)}" for each in kit.moments),
    ]
    lines += ["", m.t("kit.aspects"), *(f"  - {line}" for line in aspects(m))]
    return plain(lines)


def facts(kit: StartKit, m: Messages) -> list[str]:
    """When, where and how much, as far as it is agreed; what is not is said."""
    b = kit.brief
    days = m.t("page.days_per_week", n=m.number(b.days_per_week)) if b.days_per_week else None
    where = place(b.place, b.country) or None
    mode = m.name("work_mode", b.work_mode) if b.work_mode else None
    known = {
        "start": m.day(kit.start) if kit.start else None,
        "end": m.day(kit.end) if kit.end else None,
        "days": days,
        "place": m.t("quote.list").join(filter(None, [where, mode])) or None,
    }
    return [
        m.t("quote.about", subject=m.t(f"kit.{key}"), detail=value or m.t("kit.to_agree"))
        for key, value in known.items()
    ]


def section_lines(kit: StartKit, section: str, m: Messages) -> list[str]:
    """What one section lists: tools and rules of the brief first, then what the function needs."""
    own = {"access": ("kit.tool", kit.tools), "policies": ("kit.rule", kit.rules)}
    key, names = own.get(section, ("", ()))
    return [*(m.t(key, name=name) for name in names), *kit.lists[section]]


def goals(kit: StartKit, m: Messages) -> list[str]:
    """The first weeks: from each objective what to agree by the audit and to show after a month."""
    if not kit.goals:
        return [m.t("kit.no_goals")]
    days = {moment.kind: when(moment, m) for moment in kit.moments}
    lines = [m.t("kit.goal_first")]
    lines += [
        m.t(
            "kit.goal",
            aim=m.t("quote.marks", text=aim.rstrip(" .;")),
            agreed=days.get("audit", ""),
            shown=days.get("month", days.get("closing", "")),
        )
        for aim in kit.goals
    ]
    return lines


def when(moment: Moment, m: Messages) -> str:
    """The day of a moment, or how long after the start it is."""
    return m.day(moment.day) if moment.day else m.t("kit.after_days", n=moment.after_days)


def what(moment: Moment, m: Messages) -> str:
    """What a moment is for."""
    return m.t(f"kit.moment_{moment.kind}")


def aspects(m: Messages) -> list[str]:
    """The five aspects with the question that each moment asks of them."""
    names = ("expertise", "adaptability", "communication", "culture", "scope")
    return [
        m.t("quote.about", subject=m.t(f"aspect.{name}"), detail=m.t(f"aspect_question.{name}"))
        for name in names
    ]
