"""One explanation as plain text, for a terminal, a mail or a file."""

from collections.abc import Iterable
from unicodedata import category

from pipeline.export import phrases
from pipeline.export.catalogue import Messages
from pipeline.export.shortlist import Explanation, RequirementFit


def render_text(explanation: Explanation, messages: Messages) -> str:
    """The pair in full, in the reader's language, ending in a line break."""
    e, t = explanation, messages.t
    score = t("page.out_of", score=messages.number(e.score, 1))
    basis = t("confidence.basis", firm=e.firm, claimed=e.claimed, unknown=e.unknown)
    lines = [
        f"{e.person.called} ({e.person.candidate_id}) · {t('page.brief')} {e.brief_id}",
        f"{t('column.rank')} {e.rank} · {score}, {messages.name('word', e.score_word)}"
        f" · {t(f'label.{e.label}')} · {t(f'confidence.{e.confidence}')} ({basis})",
        t(f"label_note.{e.label}"),
    ]
    if phrases.span(e.tied, messages):
        lines.append(t("page.tied", first=e.tied[0], last=e.tied[1]))
    if e.also_on:
        lines.append(t("page.other_shortlists", n=e.other_shortlists))
        lines += [f"  {t('portfolio.place', title=o.title, rank=o.rank)}" for o in e.also_on]
    if e.change:
        said = phrases.change(e.change, messages, e.rank)
        lines.append(t("quote.about", subject=t("change.title"), detail=said))
    doubts = [phrases.flag(flag, messages) for flag in e.flags]
    sections = (
        ("page.why", [phrases.quoted(quote, messages) for quote in e.best]),
        ("page.score", _sum(e, messages)),
        ("page.requirements", [_requirement(fit, messages) for fit in e.requirements]),
        ("page.adaptability", _adaptability(e, messages)),
        ("page.gates", [phrases.gate(gate, messages) for gate in e.gates]),
        ("page.doubt", doubts + [phrases.claim(claim, messages) for claim in e.verify]),
        ("page.ask", [phrases.question(asked, messages) for asked in e.questions]),
    )
    for heading, entries in sections:
        lines += _section(t(heading), entries)
    return plain(lines)


def plain(lines: Iterable[str]) -> str:
    """Lines as a text, ending in a line break, in which no CV or brief can steer a terminal."""
    return "".join(c for c in "\n".join(lines) if c == "\n" or category(c) != "Cc") + "\n"


def _section(heading: str, entries: Iterable[str]) -> list[str]:
    listed = [f"  {entry}" for entry in entries]
    return ["", heading, *listed] if listed else []


def _sum(explanation: Explanation, messages: Messages) -> list[str]:
    rows = [
        (
            messages.name("component", part.component),
            phrases.product(part, messages),
            messages.number(part.points, 1),
        )
        for part in explanation.contributions
    ]
    total = (messages.t("page.total"), "", messages.number(explanation.score, 1))
    width = max(len(name) for name, _, _ in [*rows, total])
    return [f"{name:<{width}}  {sum_:>13}  {points:>6}" for name, sum_, points in [*rows, total]]


def _requirement(fit: RequirementFit, messages: Messages) -> str:
    head = f"{messages.t(f'tier.{fit.tier}')} · {messages.t(f'state.{fit.state}')} · {fit.text}"
    return f"{head}\n    {phrases.quoted(fit.quote, messages)}" if fit.quote else head


def _adaptability(explanation: Explanation, messages: Messages) -> list[str]:
    return [
        messages.t(
            "quote.about",
            subject=messages.name("dimension", fact.dimension),
            detail=phrases.quoted(fact.quote, messages),
        )
        for fact in explanation.adaptability
    ]
