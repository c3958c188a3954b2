"""Options that several commands share."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

Inbox = Annotated[Path, typer.Option(help="Folder of tables and CV files.", file_okay=False)]
InboxAddress = Annotated[
    str,
    typer.Option("--inbox", help="Folder of tables and CV files, or postgresql://…, s3://…"),
]
Runs = Annotated[Path, typer.Option(help="Folder that holds the nights.", file_okay=False)]
SettingsFile = Annotated[Path | None, typer.Option("--settings", help="Settings, a TOML file.")]
Existing = Annotated[Path, typer.Argument(exists=True, dir_okay=False)]
AsOf = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], help="Know only what was known then; default today."),
]


def day_of(as_of: datetime | None) -> date:
    """The day that an option names, else today (UTC)."""
    return as_of.date() if as_of else datetime.now(UTC).date()
