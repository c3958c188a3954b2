"""What each function needs on day one, from files that an agency can edit: `content/*.toml`."""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Final

from pipeline.export.catalogue import LANGUAGES, Language

SECTIONS: Final = ("access", "templates", "policies", "contacts")
GENERAL: Final = "general"


def lines(section: str, function: str | None, language: Language) -> tuple[str, ...]:
    """What one section lists: for every mission, then for a function (of `data.vocabulary`)."""
    place = LANGUAGES.index(language)
    return tuple(
        row[place]
        for table in _tables()
        if table is _tables()[0] or function in table["functions"]
        for row in table.get(section, ())
    )


@cache
def _tables() -> Sequence[Mapping[str, Any]]:
    """The tables, the one for every mission first."""
    folder = files("pipeline.start_kit").joinpath("content")
    names = sorted(file.name for file in folder.iterdir() if file.name.endswith(".toml"))
    names.sort(key=lambda name: name != f"{GENERAL}.toml")
    return [tomllib.loads(folder.joinpath(name).read_text("utf-8")) for name in names]
