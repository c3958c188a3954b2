"""Commands around the night: run one, explain it, examine the installation, make a sample."""

from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal

import typer

from pipeline.commands.options import AsOf, InboxAddress, LogJson, Runs, SettingsFile, day_of

app = typer.Typer()


@app.command(epilog="Example: briefmatch run --inbox inbox --runs runs --as-of 2026-11-22")
def run(
    inbox: InboxAddress,
    runs: Runs,
    as_of: AsOf = None,
    settings: SettingsFile = None,
    top: Annotated[int | None, typer.Option(min=1, help="Candidates on a shortlist.")] = None,
    show: Annotated[bool, typer.Option(help="Print the top of one shortlist.")] = False,
    accept: Annotated[
        list[str] | None, typer.Option(help="A gate that may not stop this night; is recorded.")
    ] = None,
    engine: Annotated[
        Literal["local", "dask"] | None, typer.Option(help="Who reads and embeds.")
    ] = None,
    scheduler: Annotated[
        str | None, typer.Option(help="Address of the Dask scheduler, such as tcp://host:8786.")
    ] = None,
    send_to: Annotated[
        str | None, typer.Option(help="Where the night goes as well: postgresql://…, s3://…")
    ] = None,
    cache: Annotated[
        str | None, typer.Option(help="Where the caches lie as well: s3://…, fetched and sent.")
    ] = None,
    log_json: LogJson = False,
) -> None:
    """Run one night: read the inbox, rank every open brief, publish the shortlists."""
    from pipeline.nights.lock import run_lock

    with run_lock(runs):  # a second run is told at once, not when its libraries have loaded
        pass
    from dataclasses import replace

    from pipeline.export.catalogue import load_messages
    from pipeline.export.glance import glance
    from pipeline.journal import open_journal
    from pipeline.nightly import run_night
    from pipeline.settings import read_settings

    chosen = read_settings(settings)
    if top is not None:
        chosen = replace(chosen, shortlist=replace(chosen.shortlist, top=top))
    night = replace(
        chosen.night,
        engine=engine or chosen.night.engine,
        scheduler=scheduler or chosen.night.scheduler,
    )
    chosen = replace(chosen, night=night)
    day = day_of(as_of)
    journal = open_journal(as_json=log_json)
    published = run_night(
        inbox, runs, chosen, day, journal, accept=accept or (), send_to=send_to, cache=cache
    )
    if show:
        typer.echo(glance(published.shortlists, load_messages(chosen.export.language)))
    typer.echo(published.folder)


@app.command(epilog="Example: briefmatch explain --runs runs B00012 C00345")
def explain(runs: Runs, brief_id: str, candidate_id: str) -> None:
    """Explain one pair of the published night in full, also far down the longlist."""
    from pipeline.journal import open_journal
    from pipeline.retell import retell_pair

    typer.echo(retell_pair(runs, brief_id, candidate_id, open_journal()))


@app.command(epilog="Example: briefmatch doctor")
def doctor(settings: SettingsFile = None) -> None:
    """Tell what is installed, which encoder is used and from where, and what is missing."""
    from pipeline.doctor import examine
    from pipeline.settings import read_settings

    report = examine(read_settings(settings))
    typer.echo(report.to_text())
    raise typer.Exit(0 if report.healthy else 1)


@app.command(epilog="Example: briefmatch sample inbox --candidates 300 --briefs 12")
def sample(
    folder: Annotated[Path, typer.Argument(file_okay=False)],
    candidates: Annotated[int, typer.Option(min=1)] = 300,
    briefs: Annotated[int, typer.Option(min=1, help="Open briefs.")] = 12,
    history_years: Annotated[float, typer.Option(min=0, help="Years of past placements.")] = 2.0,
    seed: int = 1,
    as_of: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"])] = datetime(2026, 11, 22),
) -> None:
    """Write the simulated agency as an inbox, and its hidden truth beside it."""
    from data.agency import write_agency

    write_agency(
        folder,
        candidates=candidates,
        briefs=briefs,
        history_years=history_years,
        seed=seed,
        as_of=as_of.date(),
    )
    typer.echo(f"{candidates} candidates and {briefs} open briefs are in {folder}")
