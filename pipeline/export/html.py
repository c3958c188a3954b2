"""Pages that open in any browser without a network: one a brief, an index, the night's report."""

import base64
import hashlib
from collections.abc import Callable, Sequence
from datetime import date
from functools import cache, partial
from importlib.resources import files
from urllib.parse import quote as url_quote

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from pipeline.export import phrases
from pipeline.export.blocks import PROMISED_HOURS, blocks
from pipeline.export.catalogue import Language, Messages, load_messages
from pipeline.export.names import file_name
from pipeline.export.portfolio import given_up, wanted
from pipeline.export.report import NightReport
from pipeline.export.shortlist import Shortlist

_WORDED: Sequence[Callable[..., str]] = (
    phrases.block,
    phrases.change,
    phrases.where,
    phrases.why,
    phrases.marked,
    phrases.question,
    phrases.claim,
    phrases.decided,
    phrases.flag,
    phrases.languages,
    phrases.product,
    phrases.span,
)
"""What the pages say of a fact; each is a filter of the templates by its own name."""


def brief_page(shortlist: Shortlist, as_of: date, language: Language) -> str:
    """The shortlist of one brief: who, why, what is doubtful, what to ask."""
    template = page_environment(language, "pipeline.decisions").get_template("brief.html")
    called = {made.candidate_id: made.candidate_id for made in shortlist.decided}
    called |= {e.person.candidate_id: e.person.called for e in shortlist.explanations}
    return template.render(s=shortlist, brief=shortlist.brief, called=called, as_of=as_of)


def index_page(
    shortlists: Sequence[Shortlist],
    as_of: date,
    language: Language,
    editions: Sequence[tuple[str, Language]] = (),
) -> str:
    """Every open brief with its age, what blocks it, and its best candidate; newest first.

    `editions`: address and language of the same page in other languages.
    """
    ordered = sorted(
        shortlists,
        key=lambda s: (s.brief.age_hours is None, s.brief.age_hours or 0, s.brief.brief_id),
    )
    template = page_environment(language).get_template("index.html")
    return template.render(shortlists=ordered, as_of=as_of, editions=editions)


def portfolio_page(shortlists: Sequence[Shortlist], as_of: date, language: Language) -> str:
    """Who would go where if every brief took one candidate, and who is wanted by several."""
    template = page_environment(language).get_template("portfolio.html")
    return template.render(shortlists=shortlists, wanted=wanted(shortlists), as_of=as_of)


def report_page(report: NightReport, shortlists: Sequence[Shortlist], language: Language) -> str:
    """The report of the night."""
    template = page_environment(language).get_template("report.html")
    nobody = [shortlist for shortlist in shortlists if shortlist.nobody_fits]
    return template.render(report=report, shortlists=shortlists, nobody=nobody, as_of=report.as_of)


@cache
def page_environment(language: Language, *more: str, templates: bool = False) -> Environment:
    """What every page is written with: look, words, figures.

    `more`: packages whose catalogue the page needs too, and with `templates` their templates.
    """
    messages = load_messages(language, *more)
    packages = (*more, "pipeline.export") if templates else ("pipeline.export",)
    environment = Environment(
        loader=ChoiceLoader([PackageLoader(package) for package in packages]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    style, script = _own_file("style.css"), _own_file("tables.js")
    environment.globals.update(
        language=language,
        m=messages,
        t=messages.t,
        name=messages.name,
        script=script,
        script_hash=inline_hash(script),
        style=style,
        style_hash=inline_hash(style),
        blocks=blocks,
        given_up=given_up,
        promised=PROMISED_HOURS,
        file_name=file_name,
        mail_link=lambda address: f"mailto:{url_quote(address, safe='@')}",
        phone_link=lambda phone: f"tel:{''.join(c for c in phone if c in '+0123456789')}",
        place=phrases.place,
        age=partial(_age, messages=messages),
        day=lambda day: messages.day(day) if day else "",
        rate=lambda eur: messages.t("page.per_day", n=messages.number(eur)) if eur else "",
    )
    environment.filters.update({say.__name__: partial(say, messages=messages) for say in _WORDED})
    return environment


def _own_file(name: str) -> Markup:
    text = files("pipeline.export").joinpath(f"templates/{name}").read_text("utf-8")
    return Markup(text)  # noqa: S704 our own file, and nothing else


def inline_hash(text: str) -> str:
    """What a content security policy names an inline style or script by."""
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _age(hours: int, messages: Messages) -> str:
    if hours <= 2 * PROMISED_HOURS:
        return messages.t("page.hours", n=hours)
    return messages.t("page.days", n=hours // 24)
