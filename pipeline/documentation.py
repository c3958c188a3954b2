"""Writes the parts of the documentation that the code knows better: `make docs`."""

import ast
import re
from pathlib import Path

from data.schema.describe import describe

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
DATA = ROOT / "docs" / "data.md"
PACKAGES = ("pipeline", "models", "evaluation", "data")
_TREE = re.compile(r"(?<=<!-- tree -->\n).*(?=<!-- /tree -->)", re.DOTALL)


def tree(root: Path = ROOT) -> str:
    """Every folder and module with the first sentence of its docstring, as a text block."""
    lines: list[str] = []
    for package in PACKAGES:
        for file in sorted((root / package).rglob("*.py"), key=_folder_first):
            name = file.relative_to(root)
            is_folder = name.name == "__init__.py"
            depth = len(name.parts) - 1 - is_folder
            label = f"{name.parent.name}/" if is_folder else name.name
            lines.append(f"{'  ' * depth + label:<30} {_purpose(file)}")
    return "```\n" + "\n".join(lines) + "\n```\n"


def with_tree(text: str) -> str:
    """The README with its tree replaced by today's."""
    return _TREE.sub(lambda _: tree(), text)


def main() -> None:
    """Write the tree into the README and the data dictionary into docs/data.md."""
    README.write_text(with_tree(README.read_text(encoding="utf-8")), encoding="utf-8")
    DATA.write_text(describe(), encoding="utf-8")


def _folder_first(file: Path) -> tuple[str, bool, str]:
    return str(file.parent), file.name != "__init__.py", file.name


def _purpose(file: Path) -> str:
    told = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
    return told.split("\n\n")[0].replace("\n", " ").rstrip(".")


if __name__ == "__main__":
    main()
