import json
import re
from collections import Counter
from dataclasses import replace

import pytest

from data.errors import InputError
from evaluation.calibration import EVENTS
from models.e5.folder import converted_folder
from models.encoder import cache_folder
from models.weights.champion import CHAMPION, read_weights
from pipeline.registry import model_card as module
from pipeline.registry.model_card import (
    _TEMPLATES,
    BACKTEST,
    CARD,
    FACTS,
    RESULTS,
    Sources,
    estimate,
    figure,
    model_card,
    of_runs,
)
from pipeline.registry.results import Results

NUMBER = re.compile(r"\d+(?:[.,]\d+)*|(?<!\d)\.\d+")


def numbers(value):
    if isinstance(value, dict):
        return [number for part in value.values() for number in numbers(part)]
    if isinstance(value, list):
        return [number for part in value for number in numbers(part)]
    return [value] if isinstance(value, int | float) else []


def test_the_card_is_todays():
    assert CARD.read_text(encoding="utf-8") == model_card(Sources()), "run `make model-card`"


def test_every_number_of_the_card_stands_in_one_of_its_files():
    files = [CHAMPION, RESULTS, FACTS, BACKTEST, module._ROOT / "evaluation" / "gates.toml"]
    texts = [file.read_text(encoding="utf-8") for file in [*files, module._ROOT / "pyproject.toml"]]
    told = {token for text in texts for token in NUMBER.findall(text)}
    told |= set(NUMBER.findall(module.sha256(CHAMPION)))
    for value in numbers([json.loads(file.read_text()) for file in (CHAMPION, BACKTEST)]):
        told |= {figure(value), f"{value:.2f}"}
    assert [t for t in NUMBER.findall(CARD.read_text(encoding="utf-8")) if t not in told] == []


def test_the_template_has_no_number_of_its_own():
    template = (_TEMPLATES / "model_card.md").read_text(encoding="utf-8")
    assert not re.search(r"\d", re.sub(r"{[{%].*?[}%]}", "", template, flags=re.DOTALL))


def test_every_event_that_an_evaluation_foretells_has_words():
    assert module._EVENTS.keys() == EVENTS.keys()


def test_the_card_says_what_it_must():
    card = model_card(Sources())
    heads = re.findall(r"^## (.+)$", card, flags=re.MULTILINE)
    assert heads == [
        "Intended use",
        "Not for",
        "Data",
        "Model",
        "Weights",
        "Evaluation",
        "Fairness and limits",
        "Oversight",
    ]
    assert "no personality test and no psychological measure" in card
    assert module.sha256(CHAMPION) in card


@pytest.mark.parametrize("field", ["counts", "measures", "calibration"])
def test_a_missing_field_stops_the_build(tmp_path, field):
    broken = json.loads(BACKTEST.read_text())
    del broken["findings"][field]
    (tmp_path / "evaluation.json").write_text(json.dumps(broken))
    with pytest.raises(InputError, match=f"no attribute '{field}'.*evaluation.json"):
        model_card(replace(Sources(), backtest=tmp_path / "evaluation.json"))


def test_a_result_that_was_not_measured_stops_the_build(tmp_path, monkeypatch):
    text = RESULTS.read_text(encoding="utf-8").replace("| ndcg@10 |", "| ndcg@20 |")
    (tmp_path / "RESULTS.md").write_text(text)
    monkeypatch.setattr(module, "RESULTS", tmp_path / "RESULTS.md")
    with pytest.raises(InputError, match="needs the column 'ndcg@10' in the row"):
        model_card(Sources())


def test_an_evaluation_is_needed(tmp_path):
    with pytest.raises(InputError, match="Run `briefmatch evaluate` first"):
        of_runs(tmp_path)
    with pytest.raises(InputError, match="as JSON"):
        model_card(replace(Sources(), backtest=tmp_path / "none.json"))


def test_an_installation_has_the_card_of_its_own_champion_and_past(tmp_path):
    folder = tmp_path / "evaluations" / "stamp_key"
    folder.mkdir(parents=True)
    (folder / "evaluation.json").write_bytes(BACKTEST.read_bytes())
    (tmp_path / "registry").mkdir()
    gain = {"mean": 0.0123, "low": 0.001, "high": 0.02, "briefs": 77}
    figures = {"measure": "ndcg@10", "before": 0.7, "after": 0.7123, "p_holm": 0.01}
    own = json.loads(CHAMPION.read_text())
    own |= {"weights_id": "learnt", "evaluation": {**figures, "gain": gain, "challengers": 3}}
    (tmp_path / "registry" / "champion.json").write_text(json.dumps(own))
    card = model_card(of_runs(tmp_path))
    assert "`learnt`" in card
    assert "a gain of .012 [.001 .020] on 77 briefs" in " ".join(card.split())
    assert "the agency's own past" in card


def test_the_facts_are_counted():
    facts = module.tomllib.loads(FACTS.read_text(encoding="utf-8"))
    sentences = module._ROOT / "data" / "sentences"
    lines = Counter(
        json.loads(line)["language"]
        for file in sentences.glob("*.jsonl")
        for line in file.read_text(encoding="utf-8").splitlines()
    )
    assert {code: facts["sentences"][code] for code in lines} == lines
    gazetteer = (module._ROOT / "data" / "gazetteer.tsv").read_text(encoding="utf-8")
    rows = [row for row in gazetteer.splitlines() if row and not row.startswith("#")]
    assert facts["gazetteer"]["places"] == len(rows)
    config = json.loads((converted_folder(cache_folder()) / "config.json").read_text())
    assert facts["encoder"]["dimension"] == config["hidden_size"]


def test_figures_are_short_and_nulls_are_told():
    assert [figure(value) for value in (0.7644, 10.0, -0.02)] == [".764", "10.000", "-.020"]
    assert estimate({"mean": None, "low": None, "high": None, "n": 4}) == "not estimable from 4"
    with pytest.raises(InputError, match="a null came"):
        figure(None)


def test_results_are_found_by_section_row_and_column():
    page = Results(
        text="# R\n\n## One: `make`\n\nProse.\n\n| a | b | v |\n|---|---|---|\n| x | p | **1** |\n"
        "|  | q | 2 |\n\n## Two\n\n| v |\n|---|\n| 3 |\n",
        where="RESULTS.md",
    )
    assert page.cell("One", ("x", "p"), "v") == "1"
    assert page.cell("One", ("x", "q"), "v") == "2"
    assert page.prose("One") == "Prose."
    for ask in (("One", ("y", "p"), "v"), ("One", ("x", "p"), "w"), ("Three", ("x",), "v")):
        with pytest.raises(InputError, match="The model card needs"):
            page.cell(*ask)
    with pytest.raises(InputError, match="prose in the section 'Two'"):
        page.prose("Two")


def test_the_weights_of_the_card_are_the_champions():
    card = model_card(Sources())
    for name, weight in read_weights().weights.items():
        assert f"| {name.replace('_', ' ')} | {weight:.2f} |" in card
