"""Writes the model card from the files that hold its figures; what is missing stops it."""

import json
import re
import tomllib
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, UndefinedError

from data.errors import InputError
from evaluation.gates import read_gates
from models.weights.champion import CHAMPION, read_weights
from models.weights.registry import champion_path, sha256
from pipeline.registry.results import Results

_ROOT = Path(__file__).parents[2]
RESULTS = _ROOT / "evaluation" / "RESULTS.md"
FACTS = _ROOT / "evaluation" / "facts.toml"
BACKTEST = _ROOT / "evaluation" / "backtest.json"
CARD = _ROOT / "evaluation" / "MODEL_CARD.md"
_TEMPLATES = Path(__file__).with_name("templates")

_JUDGED = ("in their own language", "the same, translated", "HR users")
_MEASURES = ("ndcg@5", "ndcg@10", "pairwise")
_OUTCOMES = ("ndcg@10", "recall@10", "mrr")
_RANKINGS = {
    "briefmatch": "briefmatch",
    "bm25": "BM25",
    "encoder": "plain encoder",
    "random": "chance",
}
_EVENTS = {
    "taken": "that the client takes whom it is shown",
    "went well": "that a mission goes well",
    "extended": "that a mission is extended or leads to a re-hire",
}


@dataclass(frozen=True, kw_only=True)
class Sources:
    """The files that a card is made of, and the words that the reader finds for them."""

    champion: Path = CHAMPION
    backtest: Path = BACKTEST
    backtest_of: str = "a simulated agency, whose briefs and CVs are made by the product itself"
    command: str = "make model-card"


def of_runs(runs: Path) -> Sources:
    """The sources of the card of an installation: its champion and its last evaluation.

    Raises:
        InputError: no evaluation was made there.
    """
    found = sorted((runs / "evaluations").glob("*/evaluation.json"))
    if not found:
        raise InputError(
            f"A model card needs an evaluation on past outcomes; {runs} has none. "
            "Run `briefmatch evaluate` first."
        )
    return Sources(
        champion=champion_path(runs),
        backtest=found[-1],
        backtest_of="the agency's own past",
        command=f"briefmatch weights card --runs {runs}",
    )


def model_card(sources: Sources) -> str:
    """The card as Markdown.

    Raises:
        InputError: a source cannot be read, or lacks a field that the card shows.
    """
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 Markdown, from the product's own files
        keep_trailing_newline=True,
    )
    environment.filters |= {
        "figure": figure,
        "weight": lambda value: f"{value:.2f}",
        "words": lambda name: name.replace("_", " "),
        "interval": lambda found: f"{figure(found['mean'])} {bounds(found)}",
        "estimate": estimate,
    }
    names = [path.name for path in (sources.champion, RESULTS, FACTS, sources.backtest)]
    try:
        card = environment.get_template("model_card.md").render(
            command=sources.command,
            backtest_of=sources.backtest_of,
            version=version("briefmatch"),
            sources=", ".join(f"`{name}`" for name in names) + " and `gates.toml`",
            champion=asdict(read_weights(sources.champion)),
            champion_sha256=sha256(sources.champion),
            backtest=_json(sources.backtest),
            facts=tomllib.loads(FACTS.read_text(encoding="utf-8")),
            gates=asdict(read_gates()),
            results=Results(text=RESULTS.read_text(encoding="utf-8"), where=str(RESULTS)),
            judged=_JUDGED,
            measures=_MEASURES,
            outcomes=_OUTCOMES,
            rankings=_RANKINGS,
            events=_EVENTS,
        )
        return f"{card.rstrip()}\n"
    except UndefinedError as error:
        raise InputError(
            f"Every field of the model card must stand in one of its sources; {error.message}. "
            f"Looked in {', '.join(names)}."
        ) from error


def figure(value: float) -> str:
    """A figure to three decimals, without a leading nought. Raises InputError if it is null."""
    if value is None:
        raise InputError(
            "Every figure of the model card must be known; a null came. Measure it, or take it "
            "from the template."
        )
    return re.sub(r"^(-?)0\.", r"\1.", f"{value:.3f}")


def bounds(found: dict[str, float]) -> str:
    """An interval as it stands behind its figure."""
    return f"[{figure(found['low'])} {figure(found['high'])}]"


def estimate(found: dict[str, Any]) -> str:
    """A figure with its interval, or that there were too few cases for one."""
    if found["mean"] is None:
        return f"not estimable from {found['n']}"
    return f"{figure(found['mean'])} {bounds(found)}"


def _json(path: Path) -> Any:  # noqa: ANN401
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(
            f"The model card needs an evaluation as JSON; {path} is none ({error}). "
            "`briefmatch evaluate` writes one."
        ) from error


if __name__ == "__main__":
    CARD.write_text(model_card(Sources()), encoding="utf-8")
