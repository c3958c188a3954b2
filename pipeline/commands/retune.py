"""The command that learns weights from the past."""

from typing import Annotated, Literal

import typer

from pipeline.commands.options import Inbox, LogJson, Runs, SettingsFile

app = typer.Typer()


@app.command(epilog="Example: briefmatch retune --inbox inbox --runs runs --objective outcome")
def retune(
    inbox: Inbox,
    runs: Runs,
    objective: Annotated[
        Literal["placement", "outcome", "blend"],
        typer.Option(help="Whom clients took, how missions went, or both."),
    ] = "blend",
    hold_out: Annotated[
        float, typer.Option(min=0.0, max=0.9, help="Share of the briefs, the latest, kept apart.")
    ] = 0.2,
    draws: Annotated[int, typer.Option(min=20, help="Bootstrap draws of the intervals.")] = 200,
    seed: int = 0,
    settings: SettingsFile = None,
    log_json: LogJson = False,
) -> None:
    """Learn weights from the past, within the champion's bounds, and keep them as a challenger.

    Nothing changes for the nights until `briefmatch weights promote` lets it.
    """
    from evaluation.retune.learn import RetuneSettings
    from pipeline.journal import open_journal
    from pipeline.learning.retune import retune_inbox
    from pipeline.learning.telling import summary
    from pipeline.settings import read_settings

    how = RetuneSettings(objective=objective, hold_out=hold_out, draws=draws, seed=seed)
    chosen, journal = read_settings(settings), open_journal(as_json=log_json)
    typer.echo(summary(retune_inbox(inbox, runs, chosen, how, journal)))
