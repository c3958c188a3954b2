"""The command that prepares day one of a mission."""

from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.options import AsOf, Inbox, Runs, SettingsFile, day_of
from pipeline.export.catalogue import Language

app = typer.Typer()


@app.command(epilog="Example: briefmatch start-kit B00012 C00345 --inbox inbox --runs runs")
def start_kit(
    brief_id: str,
    candidate_id: str,
    inbox: Inbox,
    runs: Runs,
    as_of: AsOf = None,
    page: Annotated[
        Path | None, typer.Option(help="Write a page to print as well.", dir_okay=False)
    ] = None,
    language: Annotated[
        Language | None, typer.Option(help="Language of the kit; default the brief's.")
    ] = None,
    settings: SettingsFile = None,
) -> None:
    """List what a client must have ready for a chosen candidate, and when to ask how it goes."""
    from pipeline.settings import read_settings
    from pipeline.start_kit.kit import build_kit
    from pipeline.start_kit.page import kit_page
    from pipeline.start_kit.text import kit_text

    day = day_of(as_of)
    chosen = read_settings(settings)
    kit = build_kit(brief_id, candidate_id, inbox, runs, chosen, day, language)
    typer.echo(kit_text(kit), nl=False)
    if page:
        page.write_text(kit_page(kit), encoding="utf-8", newline="\n")
