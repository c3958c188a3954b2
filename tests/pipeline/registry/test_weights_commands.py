import pytest
from typer.testing import CliRunner

from models.weights import registry
from models.weights.champion import CHAMPION, read_weights, to_json
from pipeline.cli import app
from pipeline.commands.weights import GATED


@pytest.fixture
def ask(runs, inbox):
    def weights(*words):
        options = ["--runs", str(runs)]
        if words[0] == "promote":
            options += ["--inbox", str(inbox)]
        return CliRunner().invoke(app, ["weights", *words, *options], env={"COLUMNS": "200"})

    return weights


def test_a_promotion_from_the_list_to_the_way_back(ask, runs, night):
    assert ask("list").stdout.splitlines()[0].startswith("champion")
    tried = ask("promote", "better", "--dry-run")
    assert tried.exit_code == 0, tried.output
    assert "passed, not promoted" in tried.stdout
    done = ask("promote", "better")
    assert done.exit_code == 0, done.output
    assert "promoted: better" in done.stdout
    assert "tonight:" in done.stdout
    assert "Payroll lead" in done.stdout
    assert "better" in ask("list").stdout.splitlines()[0]
    assert "ndcg@10" in ask("show").stdout
    assert ask("show", "worse").exit_code == 0
    back = ask("rollback")
    assert back.exit_code == 0
    assert registry.sha256(CHAMPION) in back.stdout
    assert type(ask("rollback").exception).__name__ == "InputError"


def test_a_refusal_has_its_own_exit_code_and_tells_the_figures(ask, runs):
    refused = ask("promote", "worse")
    assert refused.exit_code == GATED == 77
    assert "FAILED  gain" in refused.stdout
    assert "no night is published" in refused.stdout
    assert registry.champion_path(runs) == CHAMPION


def test_no_option_overrules_a_gate(ask):
    assert ask("promote", "worse", "--force").exit_code == 2


def test_weights_are_compared_one_by_one(ask):
    lines = ask("diff", "better").stdout.splitlines()
    row = next(line for line in lines if line.startswith("technical"))
    assert row.split() == ["technical", "0.630", "0.420", "-0.210"]


def test_weights_from_a_file_become_a_challenger(ask, runs, tmp_path):
    (tmp_path / "own.json").write_text(to_json(read_weights()).replace("2026-11-22", "own"))
    assert ask("add", str(tmp_path / "own.json")).exit_code == 0
    assert registry.find(runs, "own").weights == read_weights().weights


@pytest.mark.parametrize("command", ["list", "show", "diff", "add", "promote", "rollback"])
def test_the_help_shows_an_example(ask, command):
    assert f"Example: briefmatch weights {command}" in ask(command, "--help").output
