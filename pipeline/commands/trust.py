"""Commands that let an operator rely on a runs folder: check it, go back, make a night again."""

from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.options import Heads, OutFolder, Runs, SettingsFile, named_heads

app = typer.Typer()


@app.command(epilog="Example: briefmatch rollback --runs runs")
def rollback(runs: Runs) -> None:
    """Show the latest whole night before the published one again; nothing is removed."""
    from pipeline.nights.rollback import roll_back

    typer.echo(roll_back(runs))


@app.command(epilog="Example: briefmatch verify --runs runs")
def verify(
    runs: Runs,
    settings: SettingsFile = None,
    head: Heads = None,
) -> None:
    """Compute every hash anew: nights, cache, model and audit log; exit code 1 on damage."""
    from pipeline.nights.integrity import check_runs
    from pipeline.settings import read_settings

    damages = check_runs(runs, read_settings(settings).encoder, named_heads(head))
    for damage in damages:
        typer.echo(str(damage))
    typer.echo(f"{len(damages)} damages in {runs}" if damages else f"{runs} is whole")
    raise typer.Exit(1 if damages else 0)


@app.command(epilog="Example: briefmatch reproduce runs/current/manifest.json --batch-size 64")
def reproduce(
    manifest: Annotated[Path, typer.Argument(exists=True, help="manifest.json of a night.")],
    inbox: Annotated[
        Path | None, typer.Option(help="Where the inbox of that night lies now.", file_okay=False)
    ] = None,
    batch_size: Annotated[
        int | None, typer.Option(min=1, help="Texts that the encoder takes at once.")
    ] = None,
    threads: Annotated[int | None, typer.Option(min=1, help="Threads of the encoder.")] = None,
    fresh: Annotated[bool, typer.Option(help="Do not use what the caches hold.")] = False,
) -> None:
    """Make a past night again aside and compare every export; exit code 1 if one differs."""
    from pipeline.journal import open_journal
    from pipeline.nights.reproduce import reproduce as make_again

    found = make_again(
        manifest.resolve(),
        open_journal(),
        inbox=inbox,
        batch_size=batch_size,
        threads=threads,
        fresh=fresh,
    )
    typer.echo(found.to_text())
    raise typer.Exit(1 if found.differing else 0)


@app.command(epilog="Example: briefmatch trust-pack --runs runs --out trust")
def trust_pack(
    runs: Runs,
    out: OutFolder,
    settings: SettingsFile = None,
) -> None:
    """Collect what a security questionnaire asks: bill of materials, licences, figures, policy."""
    from pipeline.procurement.trust_pack import write_trust_pack
    from pipeline.settings import read_settings

    missing = write_trust_pack(out, runs, read_settings(settings))
    for document in missing:
        typer.echo(f"missing in this installation: {document}")
    typer.echo(out)
