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
OutFolder = Annotated[Path, typer.Option(help="Folder that is made for it.", file_okay=False)]
LogJson = Annotated[bool, typer.Option(help="Tell the progress as JSON lines.")]
Heads = Annotated[
    list[str] | None,
    typer.Option("--head", help="A head of the audit log that was kept elsewhere."),
]
Existing = Annotated[Path, typer.Argument(exists=True, dir_okay=False)]
AsOf = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], help="Know only what was known then; default today."),
]


def named_heads(heads: list[str] | None) -> dict[str, str]:
    """The heads that were given, each with a name under which it can be reported."""
    return {f"by the operator ({number})": head for number, head in enumerate(heads or (), start=1)}


def day_of(as_of: datetime | None) -> date:
    """The day that an option names, else today (UTC)."""
    return as_of.date() if as_of else datetime.now(UTC).date()
