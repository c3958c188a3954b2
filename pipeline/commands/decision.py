"""Commands that take down what people decide: one by one, or a filled-in shortlist at once."""

import getpass
from datetime import datetime
from typing import Annotated

import typer

from pipeline.commands.options import Existing, Runs, day_of
from pipeline.decisions.store import Word

app = typer.Typer(help="Take down what people decide on candidates.", no_args_is_help=True)

Reason = Annotated[str | None, typer.Option(help="Why, in the client's words.")]
By = Annotated[str | None, typer.Option(help="Who decided; default the user of this machine.")]
On = Annotated[
    datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Day of the decision; default today.")
]


@app.command(
    epilog="Example: briefmatch decision record --runs runs B00012 C00345 rejected "
    '--reason "another candidate was closer" --by Ann'
)
def record(
    runs: Runs,
    brief_id: str,
    candidate_id: str,
    decision: Word,
    reason: Reason = None,
    by: By = None,
    on: On = None,
) -> None:
    """Take down a decision on a candidate of a night; a rejection needs its reason."""
    from pipeline.decisions.record import take_down
    from pipeline.decisions.store import Decision

    made = Decision(
        brief_id=brief_id,
        candidate_id=candidate_id,
        decision=decision,
        on=day_of(on),
        by=by or getpass.getuser(),
        reason=reason,
    )
    new = take_down(runs, [made], day_of(None))
    typer.echo(
        f"{brief_id} {candidate_id}: {decision}" if new else "known already; nothing changed"
    )


@app.command(
    epilog="Example: briefmatch decision order --runs runs B00012 C00345 1 "
    '--reason "knows the client" --by Ann'
)
def order(
    runs: Runs,
    brief_id: str,
    candidate_id: str,
    place: Annotated[int, typer.Argument(min=1, help="The candidate's place in your order.")],
    reason: Annotated[str, typer.Option(help="Why the order is changed.")],
    by: By = None,
    on: On = None,
) -> None:
    """Put a candidate at another place than the tool did; scores stay as they are."""
    from pipeline.decisions.record import take_down
    from pipeline.decisions.store import Decision

    made = Decision(
        brief_id=brief_id,
        candidate_id=candidate_id,
        decision=None,
        place=place,
        on=day_of(on),
        by=by or getpass.getuser(),
        reason=reason,
    )
    new = take_down(runs, [made], day_of(None))
    was = f"the tool had {new[0].rank or 'no place'}" if new else "known already; nothing changed"
    typer.echo(f"{brief_id} {candidate_id}: place {place} ({was})")


@app.command("import", epilog="Example: briefmatch decision import B00012.xlsx --runs runs")
def import_(file: Existing, runs: Runs, by: By = None) -> None:
    """Read the filled-in decision columns of a CSV or XLSX shortlist: every row, or none."""
    from pipeline.decisions.importing import import_decisions

    done = import_decisions(file, runs, by=by or getpass.getuser(), today=day_of(None))
    typer.echo(f"{done.new} new, {done.known} known already, {done.blank} rows left blank")


@app.command("list", epilog="Example: briefmatch decision list --runs runs --brief B00012")
def list_(
    runs: Runs, brief: Annotated[str | None, typer.Option(help="Only this brief.")] = None
) -> None:
    """Print every decision, the oldest first."""
    from pipeline.decisions.store import read_decisions

    for made in read_decisions(runs):
        if brief in (None, made.brief_id):
            what = ", ".join(
                part
                for part in (made.decision, made.place and f"own order {made.place}", made.reason)
                if part
            )
            typer.echo(f"{made.on}  {made.brief_id}  {made.candidate_id}  {what} (by {made.by})")
