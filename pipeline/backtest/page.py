"""The report of a backtest: one page without a network, a manager's answer on its first screen."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from evaluation.ablation import Ablation
from evaluation.compared import BLEND, RECRUITERS, TRUTH
from evaluation.estimates import Estimate
from evaluation.findings import HEADLINE, Findings
from evaluation.slices import Slice
from pipeline.backtest import sentences
from pipeline.backtest.plots import Line, intervals, reliability
from pipeline.export.html import inline_hash

_MOST_WARNINGS = 25


@dataclass(frozen=True, kw_only=True)
class Made:
    """What the backtest was made from.

    `updated_later` is the share of the pairs whose candidate was updated after their day.
    """

    weights_id: str
    key: str
    origin_days: int
    rewritten: tuple[str, ...]
    updated_later: float


def evaluation_page(findings: Findings, made: Made) -> str:
    """The whole report; the same findings give the same bytes."""
    return (
        _environment()
        .get_template("evaluation.html")
        .render(
            f=findings,
            made=made,
            headline=sentences.headline(findings),
            conclusion=sentences.conclusion(findings),
            tests=sentences.tests(findings),
            cannot_tell=sentences.cannot_tell(findings),
            adaptability=sentences.earns(findings, "adaptability"),
            places=_places(findings),
            slices=_slices(findings.slices),
            losses=_losses(findings.ablation),
            areas=_areas(findings),
            warned=findings.warnings[:_MOST_WARNINGS],
        )
    )


def _places(findings: Findings) -> Markup:
    lines = [
        Line(
            label=sentences.RANKINGS[name].split(",")[0],
            estimate=own["recall@10"],
            main=name == BLEND,
        )
        for name, own in findings.measures.items()
        if name not in (RECRUITERS, TRUTH)
    ]
    return intervals(lines, 0.0, 1.0)


def _slices(found: tuple[Slice, ...]) -> list[tuple[str, str, Markup]]:
    """Heading, measure and plot of every column that has more than one value."""
    shown = []
    for column, heading in sentences.COLUMNS.items():
        for measure in HEADLINE:
            own = [one for one in found if one.column == column and one.measure == measure]
            if len(own) > 1:
                lines = [
                    Line(label=one.value.replace("_", " "), estimate=one.estimate) for one in own
                ]
                shown.append((heading, measure, intervals(lines, 0.0, 1.0)))
    return shown


def _losses(found: tuple[Ablation, ...]) -> list[tuple[str, Markup]]:
    shown = []
    for measure in dict.fromkeys(one.measure for one in found):
        own = [one for one in found if one.measure == measure]
        reach = max((abs(v) for one in own for v in (one.loss.low, one.loss.high) if v), default=0)
        lines = [
            Line(
                label=f"{one.component.replace('_', ' ')} ({one.weight:.2f})",
                estimate=one.loss,
                main=one.p is not None and one.p <= 0.05,
            )
            for one in own
        ]
        shown.append((measure, intervals(lines, -reach, reach, zero=0.0, places=3)))
    return shown


def _areas(findings: Findings) -> list[tuple[str, Markup]]:
    return [
        (
            words,
            intervals(
                [
                    Line(
                        label="whole score"
                        if one.score == "score"
                        else one.score.replace("_", " "),
                        estimate=one.area,
                        main=one.score == "score",
                    )
                    for one in findings.success
                    if one.goal == goal
                ],
                0.0,
                1.0,
                zero=0.5,
            ),
        )
        for goal, words in sentences.GOALS.items()
    ]


def _figure(one: Estimate) -> Markup:
    """A figure above its interval, or that there are too few."""
    if one.mean is None:
        few = Markup('<span class="faint">too few (n = {})</span>')
        return few.format(one.n) if one.n else Markup("–")  # noqa: RUF001 a dash is meant
    return Markup('{}<span class="small">{} to {}</span>').format(
        f"{one.mean:.2f}", f"{one.low:.2f}", f"{one.high:.2f}"
    )


def _day(day: date) -> str:
    return f"{day:%-d %B %Y}"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("pipeline.backtest"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    sheets = (("pipeline.export", "style.css"), ("pipeline.backtest", "evaluation.css"))
    style = "".join(files(p).joinpath("templates", name).read_text("utf-8") for p, name in sheets)
    environment.globals.update(
        style=Markup(style),  # noqa: S704 our own files, and nothing else
        style_hash=inline_hash(style),
        rankings=sentences.RANKINGS,
        measures=sentences.MEASURES,
        goals=sentences.GOALS,
        events=sentences.EVENTS,
        figure=_figure,
        reliability=reliability,
        date=_day,
    )
    return environment
