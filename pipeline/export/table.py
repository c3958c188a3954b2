"""The tables of the spreadsheets: which columns a recruiter gets, in the reader's language."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pipeline.export import phrases
from pipeline.export.blocks import blocks
from pipeline.export.catalogue import Messages, load_messages
from pipeline.export.portfolio import given_up
from pipeline.export.shortlist import Explanation, Shortlist

Cell = str | tuple[str, ...] | Decimal | float | int | date | None
"""A tuple of texts is a cell of several lines."""
Value = Callable[[Explanation, Messages], Cell]


@dataclass(frozen=True, kw_only=True)
class Table:
    """A named table; widths are in characters.

    `entries`: columns that wait for the reader, each with the words to choose from, if any.
    """

    name: str
    headings: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[Cell, ...], ...]
    entries: tuple[tuple[int, tuple[str, ...]], ...] = ()


def _quote(index: int) -> Value:
    return lambda e, m: phrases.quoted(e.best[index], m) if index < len(e.best) else None


def _phone(explanation: Explanation, messages: Messages) -> str | None:
    # A number that starts with + would be read as a formula, one without spaces as a figure.
    phone = explanation.person.phone
    return messages.t("column.phone_prefix", phone=phone) if phone else None


def _blank(explanation: Explanation, messages: Messages) -> None:
    """Nothing: the cell is the recruiter's."""


def _decided(explanation: Explanation, messages: Messages) -> tuple[str, ...]:
    return tuple(phrases.decided(made, messages) for made in explanation.decided)


DECISION_WORDS = ("presented", "interviewed", "chosen", "withdrawn", "rejected")
"""What a recruiter can write down; the tool writes none of them by itself."""
ENTRIES = ("decision", "own_place", "decision_reason", "decided_by", "decided_on")
"""The columns that a recruiter fills in and `briefmatch decision import` reads back."""
COLUMNS: tuple[tuple[str, int, Value], ...] = (
    ("rank", 6, lambda e, m: e.rank),
    ("name", 26, lambda e, m: e.person.name),
    ("headline", 36, lambda e, m: e.person.headline),
    ("label", 20, lambda e, m: m.t(f"label.{e.label}")),
    ("score", 10, lambda e, m: e.score),
    ("word", 14, lambda e, m: m.name("word", e.score_word)),
    ("confidence", 18, lambda e, m: m.t(f"confidence.{e.confidence}")),
    ("decided", 30, _decided),
    *((key, width, _blank) for key, width in zip(ENTRIES, (14, 10, 30, 16, 12), strict=True)),
    ("quote_1", 52, _quote(0)),
    ("quote_2", 52, _quote(1)),
    ("quote_3", 52, _quote(2)),
    ("change", 44, lambda e, m: phrases.change(e.change, m, e.rank) if e.change else None),
    ("gaps", 36, lambda e, m: e.gaps),
    ("questions", 52, lambda e, m: tuple(phrases.question(q, m) for q in e.questions)),
    ("verify", 52, lambda e, m: tuple(phrases.claim(c, m) for c in e.verify)),
    ("email", 28, lambda e, m: e.person.email),
    ("phone", 24, _phone),
    ("availability", 14, lambda e, m: e.person.available_from),
    ("rate", 12, lambda e, m: e.person.day_rate_eur),
    ("place", 20, lambda e, m: phrases.place(e.person.place, e.person.country)),
    ("languages", 20, lambda e, m: phrases.languages(e.person.languages, m)),
    ("flags", 36, lambda e, m: tuple(phrases.flag(f, m) for f in e.flags)),
    ("gates", 44, lambda e, m: tuple(phrases.gate(g, m) for g in e.gates)),
    ("other_shortlists", 12, lambda e, m: e.other_shortlists),
    ("proposed", 12, lambda e, m: "✓" if e.proposed else None),
    ("tied", 12, lambda e, m: phrases.span(e.tied, m)),
    ("candidate_id", 16, lambda e, m: e.person.candidate_id),
)


def shortlist_table(shortlists: Iterable[Shortlist], messages: Messages) -> Table:
    """One row a shortlisted candidate, the brief in the last two columns."""
    words = load_messages(messages.language, "pipeline.decisions")
    choices = {"decision": tuple(words.t(f"decision.{word}") for word in DECISION_WORDS)}
    keys = [key for key, _, _ in COLUMNS]
    return Table(
        name=messages.t("sheet.shortlist"),
        headings=_headings([*keys, "brief_id", "title"], messages),
        widths=(*(width for _, width, _ in COLUMNS), 16, 36),
        rows=tuple(
            (
                *(value(explanation, words) for _, _, value in COLUMNS),
                shortlist.brief.brief_id,
                shortlist.brief.title,
            )
            for shortlist in shortlists
            for explanation in shortlist.explanations
        ),
        entries=tuple((keys.index(key), choices.get(key, ())) for key in ENTRIES),
    )


def briefs_table(shortlists: Iterable[Shortlist], messages: Messages) -> Table:
    """One row a brief: its age, who is eligible, the best score, and what blocks it."""
    keys = ("brief_id", "title", "age", "eligible", "score", "name", "blocks")
    rows = []
    for shortlist in shortlists:
        brief, first = shortlist.brief, next(iter(shortlist.explanations), None)
        blocking = tuple(phrases.block(each, messages) for each in blocks(shortlist))
        best = (first.score, first.person.called) if first else (None, None)
        rows.append(
            (brief.brief_id, brief.title, brief.age_hours, shortlist.eligible, *best, blocking)
        )
    return Table(
        name=messages.t("sheet.briefs"),
        headings=_headings(keys, messages),
        widths=(16, 48, 10, 10, 10, 26, 60),
        rows=tuple(rows),
    )


def portfolio_table(shortlists: Iterable[Shortlist], messages: Messages) -> Table:
    """One row a brief: whom the portfolio proposes, at which rank, and what is given up."""
    keys = ("brief_id", "title", "proposed", "candidate_id", "rank", "score", "given_up")
    rows = []
    for shortlist in shortlists:
        sent = [e for e in shortlist.explanations if e.proposed]
        who = [(e.person.called, e.person.candidate_id, e.rank, e.score) for e in sent]
        person = who[0] if who else (messages.t("portfolio.nobody"), None, None, None)
        rows.append((shortlist.brief.brief_id, shortlist.brief.title, *person, given_up(shortlist)))
    return Table(
        name=messages.t("sheet.portfolio"),
        headings=_headings(keys, messages),
        widths=(16, 48, 26, 16, 8, 10, 12),
        rows=tuple(rows),
    )


def evidence_table(shortlists: Iterable[Shortlist], messages: Messages) -> Table:
    """One row a candidate and requirement, with the quote and where it stands."""
    keys = ("brief_id", "rank", "name", "requirement", "tier", "state", "coverage", "quote")
    return Table(
        name=messages.t("sheet.evidence"),
        headings=_headings((*keys, "where"), messages),
        widths=(12, 6, 26, 48, 14, 14, 10, 70, 36),
        rows=tuple(
            (
                explanation.brief_id,
                explanation.rank,
                explanation.person.called,
                fit.text,
                messages.t(f"tier.{fit.tier}"),
                messages.t(f"state.{fit.state}"),
                round(Decimal(str(fit.coverage)), 2),
                fit.quote.text if fit.quote else None,
                phrases.where(fit.quote, messages) if fit.quote else None,
            )
            for shortlist in shortlists
            for explanation in shortlist.explanations
            for fit in explanation.requirements
        ),
    )


def score_table(shortlists: Iterable[Shortlist], messages: Messages) -> Table:
    """One row a candidate and component; the points of a candidate add up to the score."""
    keys = ("brief_id", "rank", "name", "component", "value", "weight", "points")
    return Table(
        name=messages.t("sheet.score"),
        headings=_headings(keys, messages),
        widths=(12, 6, 26, 28, 12, 10, 10),
        rows=tuple(
            (
                explanation.brief_id,
                explanation.rank,
                explanation.person.called,
                messages.name("component", part.component),
                round(Decimal(str(part.value)), 3),
                round(Decimal(str(part.weight)), 3),
                part.points,
            )
            for shortlist in shortlists
            for explanation in shortlist.explanations
            for part in explanation.contributions
        ),
    )


def _headings(keys: Sequence[str], messages: Messages) -> tuple[str, ...]:
    return tuple(messages.t(f"column.{key}") for key in keys)
