"""Commands for what a candidate may ask: to be forgotten, and to see what is kept."""

from typing import Annotated

import typer

from pipeline.commands.options import Inbox, OutFolder, Runs, SettingsFile

app = typer.Typer()


@app.command(epilog="Example: briefmatch erase --runs runs C00345")
def erase(
    runs: Runs,
    candidate_ids: Annotated[list[str], typer.Argument(help="Ids of candidates.")],
) -> None:
    """Erase candidates from every store and every past night, and block them from coming back.

    Prints the receipts; exit code 1 when a file still names somebody.
    """
    from pipeline.privacy.erase import erase as erase_all

    receipts = erase_all(runs, candidate_ids)
    for receipt in receipts:
        typer.echo(receipt.to_text())
    raise typer.Exit(1 if any(receipt.remaining for receipt in receipts) else 0)


@app.command(epilog="Example: briefmatch subject-export C00345 --inbox in --runs runs --out C345")
def subject_export(
    candidate_id: str,
    inbox: Inbox,
    runs: Runs,
    out: OutFolder,
    settings: SettingsFile = None,
) -> None:
    """Write everything that is kept of one candidate into a folder: a JSON file and the CV."""
    from pipeline.privacy.subject import export_subject
    from pipeline.settings import read_settings

    chosen = read_settings(settings)
    typer.echo(export_subject(runs, candidate_id, out, inbox, chosen.inbox))
