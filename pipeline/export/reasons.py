"""Reasons of the gates and notes on files, written without words by the models, in the reader's."""

import re
from collections.abc import Callable, Mapping
from datetime import date

from pipeline.export.catalogue import Messages

_LANGUAGE = re.compile(r"\A(?P<code>\w+) (?:(?P<held>\S+) [≥<] |\? )(?P<asked>\S+)")
_LICENCE = re.compile(r"\A(?P<name>.+) (?P<sign>[✓?])")
_AVAILABILITY = re.compile(r"\A(?P<free>\S+) [≤>] (?P<start>\S+)")
_DAY_RATE = re.compile(r"\A(?P<rate>\S+) [≤>] (?P<budget>\S+) EUR")
_MODE = re.compile(r"\A(?P<mode>\w+) ≠ (?P<modes>.+)")
_PLACE = re.compile(r"\A(?P<away>\?|\d+ km) [≤>] (?P<most>\?|\d+ km)")
_HELD = {None: "unknown", "?": "unknown", "-": "not_listed"}


def reason(gate: str, told: str, messages: Messages) -> str:
    """The reason of a gate as a phrase; one of another shape stays as it is."""
    worded = _GATES[gate](told, messages) if gate in _GATES else None
    return told if worded is None else worded


def flag_detail(flag: str, told: str, messages: Messages) -> str:
    """The detail of a remark on a file: how much was hidden, or how much of a brief was copied."""
    figure = re.search(r"\d+", told)
    if figure is None or f"flag_detail.{flag}" not in messages.entries:
        return told
    return messages.t(f"flag_detail.{flag}", n=messages.number(int(figure.group())))


def language_name(code: str, messages: Messages) -> str:
    """The name of a language, or its code."""
    return messages.entries.get(f"language.{code}", code.upper())


def spoken(code: str, level: str | None, messages: Messages) -> str:
    """A language with its level: Dutch C1."""
    return f"{language_name(code, messages)} {level}" if level else language_name(code, messages)


def _language(told: str, messages: Messages) -> str | None:
    parts = [_LANGUAGE.fullmatch(part) for part in told.split(", ")]
    said = []
    for part in parts:
        if part is None:
            return None
        state = _HELD.get(part["held"], "known")
        asked = part["asked"].replace("?", "")
        values = {"name": language_name(part["code"], messages), "held": part["held"]}
        values["asked"] = spoken(part["code"], asked, messages)
        said.append(messages.t(f"gate_reason.language_{state}", **values))
    return "; ".join(said)


def _availability(told: str, messages: Messages) -> str | None:
    found = _AVAILABILITY.fullmatch(told)
    if found is None:
        return None
    start = messages.day(date.fromisoformat(found["start"]))
    if found["free"] == "?":
        return messages.t("gate_reason.availability_unknown", start=start)
    free = messages.day(date.fromisoformat(found["free"]))
    return messages.t("gate_reason.availability_known", free=free, start=start)


def _day_rate(told: str, messages: Messages) -> str | None:
    found = _DAY_RATE.fullmatch(told)
    if found is None:
        return None
    budget = messages.number(float(found["budget"]))
    if found["rate"] == "?":
        return messages.t("gate_reason.day_rate_unknown", budget=budget)
    rate = messages.number(float(found["rate"]))
    return messages.t("gate_reason.day_rate_known", rate=rate, budget=budget)


def _place(told: str, messages: Messages) -> str | None:
    if found := _MODE.fullmatch(told):
        modes = [messages.name("work_mode", mode) for mode in found["modes"].split(", ")]
        mode = messages.name("work_mode", found["mode"])
        accepted = messages.t("quote.list").join(modes)
        return messages.t("gate_reason.place_mode", mode=mode, modes=accepted)
    if found := _PLACE.fullmatch(told):
        away, most = found["away"], found["most"]
        known = ("away" if away != "?" else "") + ("most" if most != "?" else "")
        return messages.t(f"gate_reason.place_{known or 'unknown'}", away=away, most=most)
    return None


def _licence(told: str, messages: Messages) -> str | None:
    said = []
    for part in told.split(", "):
        found = _LICENCE.fullmatch(part)
        if found is None:
            return None
        key = "gate_reason.licence_found" if found["sign"] == "✓" else "gate_reason.licence_open"
        said.append(messages.t(key, name=messages.name("licence", found["name"])))
    return "; ".join(said)


_GATES: Mapping[str, Callable[[str, Messages], str | None]] = {
    "language": _language,
    "availability": _availability,
    "day_rate": _day_rate,
    "place": _place,
    "licence": _licence,
}
