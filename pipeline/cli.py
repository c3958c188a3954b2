"""The command line: what may be asked of briefmatch, and how it answers a shell.

Heavy imports stand inside the commands, so that `--help` answers at once.
"""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Literal

import typer

from data.errors import InputError
from pipeline.lock import LockError

REFUSED, LOCKED = 65, 75  # beside 0 for done and 2 for usage, which typer gives

app = typer.Typer(
    help="Ranks interim managers for a client's brief by technical fit and adaptability.",
    epilog="Exit codes: 0 published or done, 2 usage, 65 input refused, "
    "75 another run holds the lock, 1 anything else.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

audit_app = typer.Typer(help="Check what a ranking must not depend on.", no_args_is_help=True)
app.add_typer(audit_app, name="audit")

Inbox = Annotated[Path, typer.Option(help="Folder of tables and CV files.", file_okay=False)]
Runs = Annotated[Path, typer.Option(help="Folder that holds the nights.", file_okay=False)]
SettingsFile = Annotated[Path | None, typer.Option("--settings", help="Settings, a TOML file.")]
Existing = Annotated[Path, typer.Argument(exists=True, dir_okay=False)]


def main() -> None:
    """Run the command line; bad input and a held lock become their exit codes."""
    os.umask(0o077)  # CVs and shortlists are nobody else's business
    try:
        app()
    except InputError as error:
        print(f"refused: {error}", file=sys.stderr)  # noqa: T201
        sys.exit(REFUSED)
    except LockError as error:
        print(f"locked: {error}", file=sys.stderr)  # noqa: T201
        sys.exit(LOCKED)


@app.command(epilog="Example: briefmatch run --inbox inbox --runs runs --as-of 2026-11-22")
def run(
    inbox: Inbox,
    runs: Runs,
    as_of: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Know only what was known then; default today."),
    ] = None,
    settings: SettingsFile = None,
    top: Annotated[int | None, typer.Option(min=1, help="Candidates on a shortlist.")] = None,
    show: Annotated[bool, typer.Option(help="Print the top of one shortlist.")] = False,
    log_json: Annotated[bool, typer.Option(help="Tell the progress as JSON lines.")] = False,
) -> None:
    """Run one night: read the inbox, rank every open brief, publish the shortlists."""
    from dataclasses import replace

    from pipeline.export.catalogue import load_messages
    from pipeline.export.glance import glance
    from pipeline.journal import open_journal
    from pipeline.nightly import run_night
    from pipeline.settings import read_settings

    chosen = read_settings(settings)
    if top is not None:
        chosen = replace(chosen, shortlist=replace(chosen.shortlist, top=top))
    day = as_of.date() if as_of else datetime.now(UTC).date()
    published = run_night(inbox, runs, chosen, day, open_journal(as_json=log_json))
    if show:
        typer.echo(glance(published.shortlists, load_messages(chosen.export.language)))
    typer.echo(published.folder)


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


@app.command(epilog="Example: briefmatch embed texts.jsonl vectors.npy --as passage")
def embed(
    texts: Existing,
    vectors: Path,
    kind: Annotated[Literal["query", "passage"], typer.Option("--as")] = "passage",
    settings: SettingsFile = None,
) -> None:
    """Embed rows `{"id", "text"}` into a float32 array, L2-normalised, in their order."""
    from models.encoder import embed_file, load_encoder
    from pipeline.settings import read_settings

    embed_file(texts, vectors, load_encoder(read_settings(settings).encoder), kind)


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


@app.command(epilog="Example: briefmatch signals texts.jsonl signals.jsonl")
def signals(texts: Existing, out: Path, settings: SettingsFile = None) -> None:
    """Tell of each text how surely it tells an adaptability event, with its quote."""
    from models.adaptability.signals import write_signals
    from models.encoder import load_encoder
    from pipeline.settings import read_settings

    write_signals(texts, out, load_encoder(read_settings(settings).encoder))


@app.command(epilog="Example: briefmatch link queries.tsv corpus.tsv scores.npy")
def link(queries: Existing, corpus: Existing, scores: Path, settings: SettingsFile = None) -> None:
    """Score every query against every text of a corpus (`id<TAB>text`): titles and skills."""
    from models.encoder import load_encoder
    from models.titles import link_files
    from pipeline.settings import read_settings

    link_files(queries, corpus, scores, load_encoder(read_settings(settings).encoder))


@audit_app.command(epilog="Example: briefmatch audit invariance --cvs 48 --seed 1")
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
