"""The top of one shortlist on a terminal: the first look at what a night made."""

from collections.abc import Sequence
from textwrap import shorten

from pipeline.export.catalogue import Messages
from pipeline.export.shortlist import Explanation, Shortlist

_SHOWN = 3


def glance(shortlists: Sequence[Shortlist], messages: Messages) -> str:
    """The first candidates of the brief with the best score, by id: names stay in the files."""
    listed = [shortlist for shortlist in shortlists if shortlist.explanations]
    if not listed:
        return messages.t("nobody.title")
    best = max(listed, key=lambda shortlist: shortlist.explanations[0].score)
    heading = f"{best.brief.brief_id}  {best.brief.title}"
    return "\n".join([heading, *(_entry(e, messages) for e in best.explanations[:_SHOWN])])


def _entry(explanation: Explanation, messages: Messages) -> str:
    e = explanation
    score = messages.number(e.score, 1)
    label = messages.t(f"label.{e.label}")
    who = f"{e.rank:>3}  {score:>5}  {e.person.candidate_id}  {e.person.headline or ''}  ({label})"
    quotes = [f"            “{shorten(quote.text, 92)}”" for quote in e.best[:1]]
    return "\n".join([who, *quotes])
