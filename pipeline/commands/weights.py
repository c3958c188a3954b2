"""Commands around the weights: who rules, who challenges, promotion through gates, the way back."""

from typing import Annotated

import typer

from pipeline.commands.options import Existing, Inbox, Runs, SettingsFile

GATED = 77  # a gate refused the promotion; 0 done, 65 and 75 as everywhere

app = typer.Typer(help="The champion's weights and their challengers.", no_args_is_help=True)

_Id = Annotated[str, typer.Argument(help="An id that `list` shows, or `champion`.")]


@app.command("list", epilog="Example: briefmatch weights list --runs runs")
def list_(runs: Runs) -> None:
    """List the champion and its challengers."""
    from pipeline.registry.telling import listing

    typer.echo(listing(runs))


@app.command(epilog="Example: briefmatch weights show champion --runs runs")
def show(runs: Runs, weights_id: _Id = "champion") -> None:
    """Show weights with their bounds, their fit, and what happened to them."""
    from models.weights.registry import find
    from pipeline.registry.telling import showing

    typer.echo(showing(runs, find(runs, weights_id)))


@app.command(epilog="Example: briefmatch weights diff 2026-12-01 --runs runs")
def diff(runs: Runs, weights_id: _Id, against: _Id = "champion") -> None:
    """Show weight by weight what other weights would change."""
    from models.weights.registry import find
    from pipeline.registry.telling import difference

    typer.echo(difference(find(runs, against), find(runs, weights_id)))


@app.command(epilog="Example: briefmatch weights add by-hand.json --runs runs")
def add(runs: Runs, file: Existing) -> None:
    """Keep weights from a file, such as the tuning app writes, as a challenger."""
    from models.weights.champion import read_weights
    from models.weights.registry import add_challenger

    typer.echo(add_challenger(runs, read_weights(file)))


@app.command(epilog="Example: briefmatch weights promote 2026-12-01 --inbox inbox --runs runs")
def promote(
    runs: Runs,
    inbox: Inbox,
    weights_id: _Id,
    settings: SettingsFile = None,
    dry_run: Annotated[
        bool, typer.Option(help="Judge and show, without promoting; logged as well.")
    ] = False,
) -> None:
    """Judge a challenger by the declared gates; promote it when it passes every one.

    Exit code 77 when a gate refuses it. No option overrules a gate.
    """
    from pipeline.journal import open_journal
    from pipeline.registry.changes import tonight
    from pipeline.registry.promotion import conclude, examine
    from pipeline.registry.telling import examination
    from pipeline.settings import read_settings

    examined = examine(runs, weights_id, inbox, read_settings(settings), open_journal())
    changes = tonight(runs, examined.champion, examined.challenger)
    typer.echo(examination(examined, changes))
    conclude(runs, examined, dry_run=dry_run)
    if not examined.verdict.passes:
        typer.echo("not promoted: every gate must pass")
        raise typer.Exit(GATED)
    typer.echo("passed, not promoted: --dry-run" if dry_run else f"promoted: {weights_id}")


@app.command(epilog="Example: briefmatch weights card --runs runs")
def card(runs: Runs) -> None:
    """Write the model card of the champion and the last evaluation: registry/MODEL_CARD.md."""
    from data.durable import write_whole
    from pipeline.registry.model_card import model_card, of_runs

    path = runs / "registry" / "MODEL_CARD.md"
    write_whole(path, model_card(of_runs(runs)).encode())
    typer.echo(path)


@app.command(epilog="Example: briefmatch weights rollback --runs runs")
def rollback(runs: Runs) -> None:
    """Put back the champion that the present one replaced, byte for byte."""
    from models.weights.registry import read_champion
    from pipeline.registry.promotion import rollback as put_back

    change = put_back(runs)
    typer.echo(f"champion: {read_champion(runs).weights_id}, sha256 {change.after}")
