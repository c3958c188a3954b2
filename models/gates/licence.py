"""Licence gate: regulated titles and certificates that a must-have names."""

import re

import numpy as np
from numpy.typing import NDArray

from models.context import Context
from models.gates.answers import FAIL, PASS, UNKNOWN, Gate, passes
from models.tokens import fold

# One row a licence: every way it is written, folded.
LICENCES = {
    "VCA": r"\bvca\b|\bscc\b|\blsc\b",
    "CPA/ITAA": r"\bcpa\b|\bitaa\b|\bacca\b|expert-?comptable|accountantskantoor|wirtschaftsprufer"
    r"|gecertificeerd(?:e)? accountant|certified accountant|steuerberater",
    "nurse": r"\binfirmi|\bverpleegkundig|\bregistered nurse|nursing degree|\bkrankenpfleg"
    r"|\bpflegefach|\brn\b",
    "bar": r"admitted to the bar|bar admission|\bbarreau\b|\bbalie\b|rechtsanwalt|attorney at law",
    "QP": r"\bqualified person\b|personne qualifiee|gekwalificeerd persoon|\bsachkundige person",
    "PMP/PRINCE2": r"\bpmp\b|prince ?2",
    "CISSP": r"\bcissp\b|\bcism\b",
    "CIA": r"certified internal auditor|\bcisa\b",
    "prevention adviser": r"conseiller en prevention|preventieadviseur|prevention advis",
}
_OR_LIKE = re.compile(r"equivalent|or similar|ou similaire|gelijkwaardig|of gelijk|gleichwertig")


def answer(context: Context) -> Gate:
    """Pass if listed or told in the CV; fail if a stated list lacks it and nothing else will do."""
    musts = context.requirements.filter(tier="must")["text"].to_list()
    asked = {
        name: bool(_OR_LIKE.search(fold(text)))
        for text in musts
        for name, pattern in LICENCES.items()
        if re.search(pattern, fold(text))
    }
    if not asked:
        return passes(context.size)
    held = {name: _held(context, LICENCES[name]) for name in asked}
    stated = np.array([x is not None for x in context.ground.facts.licences], np.bool_)
    answers = np.full(context.size, PASS, np.int8)
    for name, or_like in asked.items():
        without = np.where(stated & (not or_like), FAIL, UNKNOWN)
        answers = np.minimum(answers, np.where(held[name], PASS, without))

    def reason(candidate: int) -> str:
        return ", ".join(f"{name} {'✓' if held[name][candidate] else '?'}" for name in asked)

    return Gate(answers=answers.astype(np.int8), reason=reason)


def _held(context: Context, pattern: str) -> NDArray[np.bool_]:
    """Whether each candidate (candidates,) lists the licence or the CV tells of it."""
    listed = context.ground.facts.licences
    stated = [any(re.search(pattern, fold(x)) for x in held or ()) for held in listed]
    told = context.ground.telling(tuple(LICENCES.values()))[pattern]
    return np.asarray(told | np.array(stated, np.bool_), np.bool_)
