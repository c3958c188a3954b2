"""Commands that hold the ranking against the past."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.options import Inbox, LogJson, Runs, SettingsFile

app = typer.Typer()
_DAY = ["%Y-%m-%d"]


@app.command(epilog="Example: briefmatch evaluate --inbox inbox --runs runs --from 2025-01-01")
def evaluate(
    inbox: Inbox,
    runs: Runs,
    since: Annotated[
        datetime | None, typer.Option("--from", formats=_DAY, help="First day of the briefs.")
    ] = None,
    until: Annotated[
        datetime | None, typer.Option("--to", formats=_DAY, help="Last day of the briefs.")
    ] = None,
    settings: SettingsFile = None,
    truth: Annotated[
        Path | None, typer.Option(help="Folder `truth` of a simulated agency, to compare with.")
    ] = None,
    log_json: LogJson = False,
) -> None:
    """Rank past briefs with what was known when they came; report what came of them.

    Stopped half-way it goes on where it was. Prints the folder with evaluation.json and
    evaluation.html.
    """
    from pipeline.backtest.evaluate import evaluate as run_backtest
    from pipeline.journal import open_journal
    from pipeline.settings import read_settings

    folder = run_backtest(
        inbox,
        runs,
        read_settings(settings),
        open_journal(as_json=log_json),
        since=since.date() if since else None,
        until=until.date() if until else None,
        truth=truth,
    )
    typer.echo(folder)
