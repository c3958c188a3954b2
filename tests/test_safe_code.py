"""Nothing in the code runs what it reads: no pickle, no eval, no YAML that makes objects."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("data", "models", "evaluation", "pipeline")
MODULES = {
    "pickle",
    "cPickle",
    "_pickle",
    "dill",
    "cloudpickle",
    "joblib",
    "marshal",
    "shelve",
    "yaml",
}
CALLS = {"eval", "exec", "compile", "__import__"}
KEYWORDS = {"allow_pickle": True, "weights_only": False, "shell": True, "trust_remote_code": True}


def forbidden(tree):
    """What a module does that could run foreign code: line and word."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        else:
            names = []
        yield from ((node.lineno, name) for name in names if name.split(".")[0] in MODULES)
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name) and node.func.id in CALLS:
                yield node.lineno, node.func.id
            for keyword in node.keywords:
                value = getattr(keyword.value, "value", None)
                if keyword.arg in KEYWORDS and value is KEYWORDS[keyword.arg]:
                    yield node.lineno, keyword.arg
            loads = getattr(node.func, "attr", None) == "load"
            of = getattr(getattr(node.func, "value", None), "id", None)
            said = {keyword.arg for keyword in node.keywords}
            if loads and of == "np" and "allow_pickle" not in said:
                yield node.lineno, "np.load without allow_pickle=False"
            if loads and of == "torch":
                yield node.lineno, "torch.load"


@pytest.mark.parametrize("package", PACKAGES)
def test_nothing_runs_what_it_reads(package):
    found = {
        f"{file.relative_to(ROOT)}:{line}": word
        for file in (ROOT / package).rglob("*.py")
        for line, word in forbidden(ast.parse(file.read_text(encoding="utf-8")))
    }
    assert found == {}


@pytest.mark.parametrize(
    "code",
    [
        "import pickle",
        "from joblib import load",
        "import yaml",
        "eval(text)",
        "exec(text)",
        "np.load(path)",
        "np.load(path, allow_pickle=True)",
        "torch.load(path)",
        "subprocess.run(words, shell=True)",
    ],
)
def test_the_rule_finds_it(code):
    assert list(forbidden(ast.parse(code)))
