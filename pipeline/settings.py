"""Everything that can be set, in one TOML file with one section a stage."""

import tomllib
from dataclasses import dataclass, field, fields, is_dataclass
from pathlib import Path
from typing import Literal, TypeVar, get_type_hints

from pydantic import TypeAdapter, ValidationError

from data.errors import InputError
from data.inbox import InboxSettings
from models.encoder import EncoderSettings
from pipeline.export.rules import ExplainSettings
from pipeline.export.settings import ExportSettings
from pipeline.nights.guard import GuardSettings
from pipeline.privacy.admission import PrivacySettings
from pipeline.stages.exploration import ExplorationSettings

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class NightSettings:
    """How a night goes about its work."""

    workers: int = 2
    """Processes that read CVs at once."""
    engine: Literal["local", "dask"] = "local"
    """Who reads and embeds: this machine, or the workers of a Dask scheduler (docs/scale.md)."""
    scheduler: str | None = None
    """Where the Dask scheduler listens, such as "tls://10.0.0.1:8786"; without one the engine
    `dask` starts its own workers on this machine."""
    pairs_held: int = 2_000_000
    """Pairs of a brief and a candidate whose components stay in memory, about 130 bytes each; those
    of further briefs are made anew when they are explained (docs/scale.md)."""
    weights: dict[str, float] = field(default_factory=dict)
    """Weights that replace the champion's, by component; the others share what is left."""


@dataclass(frozen=True, kw_only=True)
class RedTeamSettings:
    """How copies of a night's candidates are attacked, so that the night tells what it would pay.

    Each attack is tried once a brief and CV, in memory; nothing of it reaches the shortlists.
    """

    briefs: int = 3
    """Briefs of the night that are attacked, drawn anew every date; 0 leaves the attacks out."""
    cvs: int = 1
    """Candidates of the lower half of each brief who are copied for each attack."""
    pool: int = 300
    """Candidates, drawn at random, among whom the copies are ranked: bounds the time."""


@dataclass(frozen=True, kw_only=True)
class BacktestSettings:
    """How past briefs are ranked again with what was known when they came."""

    origin_days: int = 7
    """Briefs received within so many days of one another are ranked together, with what was known
    on the first of these days; more is faster and a little staler."""
    rewritten_sections: tuple[str, ...] = ("summary",)
    """Sections of a CV that every update writes anew: of candidates updated since, their undated
    text counts as unknown."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """All settings of a night; every one has a default."""

    inbox: InboxSettings = field(default_factory=InboxSettings)
    encoder: EncoderSettings = field(default_factory=EncoderSettings)
    guard: GuardSettings = field(default_factory=GuardSettings)
    night: NightSettings = field(default_factory=NightSettings)
    privacy: PrivacySettings = field(default_factory=PrivacySettings)
    shortlist: ExplainSettings = field(default_factory=ExplainSettings)
    exploration: ExplorationSettings = field(default_factory=ExplorationSettings)
    export: ExportSettings = field(default_factory=ExportSettings)
    red_team: RedTeamSettings = field(default_factory=RedTeamSettings)
    backtest: BacktestSettings = field(default_factory=BacktestSettings)


def read_settings(path: Path | None) -> Settings:
    """The settings of a TOML file; the defaults where there is no file or a key is left out.

    Raises:
        InputError: the file cannot be read, names an unknown key, or gives a value of another kind.
    """
    if path is None:
        return Settings()
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(
            f"The settings must be a TOML file in UTF-8; {path} is not: {error}."
        ) from error
    return settings_from(table, where=str(path))


def settings_from(table: object, *, where: str) -> Settings:
    """The settings of a parsed table, such as a manifest's; raises as `read_settings` does."""
    return _build(Settings, table, where=where)


def _build(kind: type[T], table: object, *, where: str) -> T:
    """A settings dataclass from a TOML table, its own sections built the same way."""
    if not isinstance(table, dict):
        raise InputError(f"{where} must be a section with keys of its own; got {table!r}.")
    hints = get_type_hints(kind)
    known = [f.name for f in fields(kind)]  # type: ignore[arg-type]
    if unknown := sorted(set(table) - set(known)):
        raise InputError(
            f"{where} must hold only known keys; got {', '.join(unknown)}. "
            f"Known are {', '.join(known)}."
        )
    return kind(**{key: _value(hints[key], table[key], where=f"{where}: {key}") for key in table})


def _value(hint: type, value: object, *, where: str) -> object:
    if is_dataclass(hint):
        return _build(hint, value, where=where)
    try:
        return TypeAdapter(hint).validate_python(value)
    except ValidationError as error:
        problem = error.errors()[0]["msg"]
        raise InputError(f"{where} does not fit: {problem}; got {value!r}.") from error
