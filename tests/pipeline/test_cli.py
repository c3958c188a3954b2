import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.doctor import Examination, Finding

COMMANDS = [command.callback.__name__ for command in app.registered_commands]


@pytest.fixture
def ask():
    runner = CliRunner()
    return lambda *words: runner.invoke(app, list(words), env={"COLUMNS": "200"})


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_each_command_shows_an_example(ask, command):
    shown = ask(command, "--help")
    assert shown.exit_code == 0
    assert f"Example: briefmatch {command}" in shown.output


def test_the_help_tells_the_exit_codes(ask):
    assert "65 input refused" in ask("--help").output


def test_an_unknown_option_is_a_usage_error(ask):
    assert ask("run", "--inbox", "x", "--rums", "y").exit_code == 2


def test_what_is_missing_comes_with_its_remedy():
    found = Examination((Finding("python", "3.11"), Finding("openvino", "missing", "Install it.")))
    assert not found.healthy
    assert found.to_text().splitlines() == [
        "ok  python    3.11",
        "!!  openvino  missing",
        f"    {'':<8}  Install it.",
    ]
