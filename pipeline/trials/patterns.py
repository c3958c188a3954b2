"""Every regular expression of the code on long texts that are made to hurt it."""

import ast
import importlib
import pkgutil
import re
import time
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from types import ModuleType
from typing import Final

import data
import evaluation
import models
import pipeline
from pipeline.trials.count import Count

SIZE: Final = 100_000  # characters
AT_MOST: Final = 0.100  # CPU seconds for one pattern on one text
_PIECES: Final = (
    *"a1 .-_,:;/|(@+'\"&\n\t#*=é",
    *("a ", "1 ", "a1", "a.", "a-", "1.", "1/", "1-", "a\n", " \n", "a@", "@a", "A ", "Aa ", "(a"),
    *("ab, ", "a)", "a/b ", "12/2020 ", "2019 - ", "http://", "www.", "+32 ", "a@b", "jan "),
)
_TAILS: Final = ("", "!", "\x00", "\nX")


@dataclass(frozen=True)
class Slow:
    """A pattern that took too long, and the text that it took long on."""

    where: str
    pattern: str
    text: str
    seconds: float


def pattern_trials(*, size: int = SIZE) -> Count:
    """Time every pattern of the code on every worst text; one count a pattern."""
    found = patterns()
    slow = [worst for where, pattern in found.items() if (worst := slowest(where, pattern, size))]
    told = "; ".join(f"{one.where} on {one.text}: {one.seconds:.2f} s" for one in slow)
    what = f"regular expressions under {AT_MOST * 1000:.0f} ms on {size // 1000} kB of the worst"
    return Count(what=what, tried=len(found), held=len(found) - len(slow), note=told)


def slowest(where: str, pattern: re.Pattern[str], size: int) -> Slow | None:
    """The worst text for a pattern, when it takes too long."""
    worst = None
    for piece in pieces(pattern):
        for tail in _TAILS:
            seconds = _seconds(pattern, piece, tail, size)
            if seconds > AT_MOST and (worst is None or seconds > worst.seconds):
                worst = Slow(where, pattern.pattern, repr(piece + tail), seconds)
    return worst


def pieces(pattern: re.Pattern[str]) -> Iterator[str]:
    """What worst texts are made of: common pieces, and words and signs of the pattern itself."""
    own = re.findall(r"[^\W_]{2,}|[^\w\s\\]", pattern.pattern)[:12]
    yield from dict.fromkeys([*_PIECES, *own, *(f"{word} " for word in own)])


def patterns() -> Mapping[str, re.Pattern[str]]:
    """Every pattern that the code compiles or hands to `re`, by where it stands."""
    found: dict[str, re.Pattern[str]] = {}
    for package in (data, evaluation, models, pipeline):
        for module in _modules(package):
            for name, value in vars(module).items():
                for number, pattern in enumerate(_inside(value, set())):
                    if isinstance(pattern.pattern, str):
                        found.setdefault(f"{module.__name__}.{name}[{number}]", pattern)
            found |= _literals(module)
    unique = {(p.pattern, p.flags): where for where, p in reversed(found.items())}
    return {where: found[where] for where in sorted(unique.values())}


def _modules(package: ModuleType) -> Iterator[ModuleType]:
    yield package
    for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if not info.name.endswith("__main__"):
            try:
                yield importlib.import_module(info.name)
            except ImportError:  # an optional extra is not installed
                continue


def _inside(value: object, seen: set[int]) -> Iterator[re.Pattern[str]]:
    if id(value) in seen:
        return
    seen.add(id(value))
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _inside(inner, seen)
    elif isinstance(value, list | tuple | set | frozenset):
        for inner in value:
            yield from _inside(inner, seen)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from _inside(getattr(value, field.name), seen)


def _literals(module: ModuleType) -> dict[str, re.Pattern[str]]:
    """Patterns that stand as a plain string in a call such as `re.sub("…", …)`."""
    if not module.__file__:
        return {}
    tree = ast.parse(Path(module.__file__).read_text("utf-8"))
    found = {}
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id == "re"
            and node.args
            and isinstance(node.args[0], ast.Constant)
            and isinstance(node.args[0].value, str)
        ):
            found[f"{module.__name__}:{node.lineno}"] = re.compile(node.args[0].value)
    return found


def _seconds(pattern: re.Pattern[str], piece: str, tail: str, size: int) -> float:
    """CPU seconds to find every match in a text of `size`, or already in a shorter one.

    Nothing stops a search that has begun, so the text grows until it takes too long.
    """
    seconds = 0.0
    for length in (size // 64, size // 16, size // 4, size):
        text = piece * (length // len(piece)) + tail
        begun = time.process_time()
        deque(pattern.finditer(text), maxlen=0)
        seconds = time.process_time() - begun
        if seconds > AT_MOST:
            break
    return seconds
