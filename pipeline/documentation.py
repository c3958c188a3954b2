"""Writes the parts of the documentation that the code knows better: `make docs`."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import typer
from typer.core import TyperGroup

from data.schema.describe import describe
from pipeline.cli import app

ROOT = Path(__file__).parents[1]
PACKAGES = ("pipeline", "models", "evaluation", "data")


def pages() -> dict[Path, str]:
    """Every page that `make docs` writes, with what it must hold today."""
    readme = ROOT / "README.md"
    text = _between(readme.read_text(encoding="utf-8"), "tree", tree(folders_only=True))
    return {
        readme: _between(text, "commands", commands()),
        ROOT / "docs" / "modules.md": f"# Every module, by its first sentence\n\n{tree()}",
        ROOT / "docs" / "data.md": describe(),
    }


def tree(*, folders_only: bool = False) -> str:
    """Folders, and modules unless `folders_only`, with the first sentence of each docstring."""
    lines: list[str] = []
    for package in PACKAGES:
        for file in sorted((ROOT / package).rglob("*.py"), key=_folder_first):
            name = file.relative_to(ROOT)
            is_folder = name.name == "__init__.py"
            if folders_only and not is_folder:
                continue
            depth = len(name.parts) - 1 - is_folder
            label = f"{name.parent.name}/" if is_folder else name.name
            lines.append(f"{'  ' * depth + label:<30} {purpose(file)}")
    return "```\n" + "\n".join(lines) + "\n```\n"


def commands() -> str:
    """Every command with the first sentence of its help, as a table."""
    rows = [
        f"| `briefmatch {name}` | {told} |"
        for name, told in _commands(typer.main.get_command(app), "")
    ]
    return "\n".join(["| command | what it does |", "|---|---|", *rows]) + "\n"


def purpose(file: Path) -> str:
    """The first paragraph of a module's docstring, without its full stop."""
    told = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
    return told.split("\n\n")[0].replace("\n", " ").rstrip(".")


def main() -> None:
    """Write every page anew."""
    for page, text in pages().items():
        page.write_text(text, encoding="utf-8")


def _between(text: str, mark: str, inner: str) -> str:
    """The text with everything between `<!-- mark -->` and `<!-- /mark -->` replaced."""
    marked = re.compile(rf"(?<=<!-- {mark} -->\n).*(?=<!-- /{mark} -->)", re.DOTALL)
    return marked.sub(lambda _: inner, text)


def _commands(group: object, before: str) -> Iterator[tuple[str, str]]:
    if not isinstance(group, TyperGroup):
        raise TypeError(f"the command line must be a group of commands, got {group!r}")
    for name, command in group.commands.items():
        if command.hidden:
            continue
        if isinstance(command, TyperGroup):
            yield from _commands(command, f"{before}{name} ")
        else:
            yield f"{before}{name}", (command.help or "").split("\n\n")[0].replace("\n", " ")


def _folder_first(file: Path) -> tuple[str, bool, str]:
    return str(file.parent), file.name != "__init__.py", file.name


if __name__ == "__main__":
    main()
