"""How much responsibility a job title carries, in four languages."""

import re

from models.gender import neutral
from models.tokens import fold

JUNIOR, STAFF, SENIOR, MANAGER, DIRECTOR, EXECUTIVE = 1, 2, 3, 4, 5, 6

# Folded and in one gender; the first that is found counts, so the exceptions stand above the rule.
_LEVELS = (
    (
        JUNIOR,
        r"\b(?:assistant|intern|internship|junior|jr|trainee|clerk|student|volunteer|apprentice"
        r"|stagiair|stagiaire|aide|apprenti|etudiant|assistente?|medewerker|bediende|hulp\w+"
        r"|leerling|vrijwilliger|praktikant\w*|auszubildende\w*|azubi|hilfs\w+|sachbearbeiter\w*)\b",
    ),
    (
        EXECUTIVE,
        r"\b(?:chief \w+ (?:\w+ )?officer|c[efiomtph]r?o|managing director|vice president|s?vp|evp"
        r"|president|directeur generale?|pdg|algemeen directeur|gedelegeerd \w+"
        r"|geschaftsfuhr\w+|vorstand\w*|administrateur delegue|general manager|gm|daf|drh|dsi)\b",
    ),
    (
        DIRECTOR,
        r"\b(?:director|head|\w*directeur|\w*direktor\w*|hoofd|\w*leiter"
        r"|chef de service|bereichsleit\w+|principal|partner)\b",
    ),
    (
        MANAGER,
        r"\b(?:\w*manager\w*|mgr|chief|supervisor|superintendent|responsable|chef|chef\w+"
        r"|gestionnaire|\w*verantwoordelijke|\w*leider|\w*beheerder|teamlead\w*|team lead\w*"
        r"|foreman|contremaitre|\w*meister|lead|leader|controller|hoofd\w+|infirmier\w* en chef)\b",
    ),
    (
        SENIOR,
        r"\b(?:senior|sr|expert\w*|specialist\w*|specialiste|consultant\w*|coordinat\w+|coordonnat\w+"
        r"|coordinateur|adviseur|berater\w*|conseiller\w*|architect\w*)\b",
    ),
)  # fmt: skip
_COMPILED = tuple((level, re.compile(pattern)) for level, pattern in _LEVELS)


def responsibility(title: str) -> int:
    """1 (junior) to 6 (executive) by the words of a job title; 2 where none says more."""
    folded = fold(neutral(title))
    return next((level for level, cue in _COMPILED if cue.search(folded)), STAFF)
