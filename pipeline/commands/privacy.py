"""Commands for what a candidate may ask: to be forgotten, and to see what is kept."""

from typing import Annotated

import typer

from pipeline.commands.options import Runs

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
