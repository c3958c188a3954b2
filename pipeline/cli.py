"""The command line: what may be asked of briefmatch, and how it answers a shell.

Heavy imports stand inside the commands, so that `--help` answers at once.
"""

import os
import sys

import typer

from data.errors import InputError
from pipeline.commands import (
    audit,
    brief,
    decision,
    evaluate,
    night,
    privacy,
    retune,
    start_kit,
    texts,
    trust,
    weights,
)
from pipeline.nights.lock import LockError

REFUSED, LOCKED = 65, 75  # beside 0 for done and 2 for usage, which typer gives

app = typer.Typer(
    help="Ranks interim managers for a client's brief by technical fit and adaptability.",
    epilog="Exit codes: 0 published or done, 2 usage, 65 input refused, "
    "75 another run holds the lock, 77 a gate refused a promotion, 1 anything else.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(night.app)
app.add_typer(texts.app)
app.add_typer(evaluate.app)
app.add_typer(retune.app)
app.add_typer(trust.app)
app.add_typer(privacy.app)
app.add_typer(audit.app, name="audit")
app.add_typer(brief.app, name="brief")
app.add_typer(decision.app, name="decision")
app.add_typer(decision.app, name="decisions", hidden=True)
app.add_typer(start_kit.app)
app.add_typer(weights.app, name="weights")


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
