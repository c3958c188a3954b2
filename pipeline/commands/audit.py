"""Commands that check what a ranking must not depend on."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.options import Existing, Heads, Runs, SettingsFile, named_heads

app = typer.Typer(help="Check what a ranking must not depend on.", no_args_is_help=True)


@app.command(epilog="Example: briefmatch audit invariance --cvs 48 --seed 1")
def invariance(
    inbox: Annotated[
        Path | None, typer.Option(help="Inbox to audit; default a generated sample.")
    ] = None,
    runs: Annotated[Path | None, typer.Option(help="Folder whose cache to use.")] = None,
    as_of: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"])] = datetime(2026, 11, 22),
    cvs: Annotated[int, typer.Option(min=1, help="CVs that are edited.")] = 48,
    seed: int = 1,
    settings: SettingsFile = None,
) -> None:
    """Edit CVs in ways that must not matter or must not pay, rank again, print what moved.

    Exit code 0 when every edit passes, 1 otherwise.
    """
    from pipeline.audit.run import audit_invariance
    from pipeline.journal import open_journal
    from pipeline.settings import read_settings

    journal, chosen = open_journal(), read_settings(settings)
    report = audit_invariance(inbox, runs, chosen, as_of.date(), journal, cvs=cvs, seed=seed)
    typer.echo(report.to_text())
    raise typer.Exit(0 if report.passes else 1)


@app.command(epilog="Example: briefmatch audit verify --runs runs --head cfd43c32e942381a")
def verify(
    runs: Runs,
    head: Heads = None,
) -> None:
    """Check the chain of the audit log, and that every kept head is in it; exit code 1 if not."""
    from pipeline.audit.log import head as last
    from pipeline.nights.integrity import check_log

    damages = list(check_log(runs, named_heads(head)))
    for damage in damages:
        typer.echo(str(damage))
    typer.echo(f"the log is {'broken' if damages else 'whole'}, its head {last(runs)}")
    raise typer.Exit(1 if damages else 0)


@app.command(epilog="Example: briefmatch audit bias attributes.csv --runs runs")
def bias(
    attributes: Existing,
    runs: Runs,
    top: Annotated[int, typer.Option(min=1, help="Places that count as selected.")] = 10,
    since: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="All briefs from then on; default one night."),
    ] = None,
    seed: int = 1,
) -> None:
    """Tell how groups of people fare in the rankings: rates, impact ratios, attention.

    ATTRIBUTES is a CSV of candidate_id and one column an attribute, an empty cell is unknown. It is
    read for this table alone and kept nowhere.
    """
    from pipeline.audit.bias import audit_bias

    day = since.date() if since else None
    typer.echo(audit_bias(attributes, runs, top=top, since=day, seed=seed).to_text())
