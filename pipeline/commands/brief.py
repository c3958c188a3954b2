"""Commands that look at a brief before anybody is proposed, and after the client realigned it."""

from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.options import AsOf, Inbox, Runs, SettingsFile, day_of
from pipeline.export.catalogue import Language

app = typer.Typer(help="Examine a brief, or compare two versions of it.", no_args_is_help=True)

Page = Annotated[Path | None, typer.Option(help="Write a page as well.", dir_okay=False)]
Reader = Annotated[
    Language | None, typer.Option("--language", help="The reader's language; default the setting.")
]


@app.command(epilog="Example: briefmatch brief check B00012 --inbox inbox --runs runs")
def check(
    brief: Annotated[str, typer.Argument(help="Id of a brief, or a JSON, TOML or text file.")],
    inbox: Inbox,
    runs: Runs,
    as_of: AsOf = None,
    page: Page = None,
    language: Reader = None,
    settings: SettingsFile = None,
) -> None:
    """Tell what a brief leaves open, contradicts and costs, with the questions to the client."""
    from pipeline.clinic.check import check_brief
    from pipeline.clinic.page import check_page
    from pipeline.clinic.text import check_text
    from pipeline.journal import open_journal
    from pipeline.settings import read_settings

    chosen = read_settings(settings)
    found = check_brief(brief, inbox, runs, chosen, day_of(as_of), open_journal())
    reader = language or chosen.export.language
    typer.echo(check_text(found, reader), nl=False)
    if page:
        page.write_text(check_page(found, reader), encoding="utf-8", newline="\n")


@app.command(epilog="Example: briefmatch brief compare B00012 1 2 --inbox inbox --runs runs")
def compare(
    brief_id: str,
    before: Annotated[str, typer.Argument(help="A version of the brief, or a file.")],
    after: Annotated[str, typer.Argument(help="A later version, or a file.")],
    inbox: Inbox,
    runs: Runs,
    as_of: AsOf = None,
    page: Page = None,
    language: Reader = None,
    settings: SettingsFile = None,
) -> None:
    """Tell what changed between two versions, who moves, and whether the chosen one still fits."""
    from pipeline.clinic.compare import compare_versions
    from pipeline.clinic.compare_text import compare_text
    from pipeline.clinic.page import compare_page
    from pipeline.journal import open_journal
    from pipeline.settings import read_settings

    chosen = read_settings(settings)
    found = compare_versions(
        brief_id, (before, after), inbox, runs, chosen, day_of(as_of), open_journal()
    )
    reader = language or chosen.export.language
    typer.echo(compare_text(found, reader), nl=False)
    if page:
        page.write_text(compare_page(found, reader), encoding="utf-8", newline="\n")
