"""Words that name a function or its field, in four languages: a title holds them, a person's name does not."""

import re
from typing import Final

from data.text.clean import fold

_FUNCTION: Final = re.compile(
    r"(?:manag(?:er|erin|eress|ement)|director|direct(?:eur|rice)|direktor(?:in)?|\w*leit(?:er|erin|ung)|officer|consultante?|conseill(?:er|ere)"
    r"|konsultant|engineer|ingenieu?r(?:e|in)?|ingenieure|analyste?|accountant|assistante?|associate|specialiste?"
    r"|spezialist(?:in)?|co-?ordinat(?:or|eur|rice)|koordinator(?:in)?|coordinator|advis[eo]r|adviseur"
    r"|\w*berater(?:in)?|executive|president|technicien|technician|techniker|teacher|enseignante?|leraar|lehrer(?:in)?"
    r"|develop(?:er|peur)|designer|supervisor|superviseur|superintendent|administrat(?:or|eur|rice)|administrateur"
    r"|representative|vertegenwoordiger|vertreter(?:in)?|\w*controller|controleu(?:r|se)|comptable|\w*boekhouder"
    r"|\w*buchhalter(?:in)?|buyer|acheteu(?:r|se)|inkoper|einkaufer(?:in)?|lawyer|juriste?|avocate?|attorney|counsel"
    r"|anwalt|nurse|rn|lpn|infirmier|infirmiere|chef|cook|clerk|agent|intern|stagiaire|trainer|formateur|coach|expert"
    r"|lead|leader|head|hoofd|chief|owner|founder|fondateur|partner|associe|interim|senior|junior|principal|advocate"
    r"|artist|educator|writer|editor|broker|banker|driver|chauffeur|attendant|mechanic|monteur|operator|inspector"
    r"|instructor|recruiter|scientist|architecte?|architekt(?:in)?|\w*audit(?:or|eur)|planner|producer|tutor|secretary"
    r"|secretaire|secretaresse|receptionist|cashier|server|bartender|waiter|hostess|responsable|chargee?|gestionnaire"
    r"|\w*verantwoordelijke?|bestuurder|zaakvoerder|gerant|medewerk(?:er|ster)|mitarbeiter(?:in)?|sachbearbeiter(?:in)?"
    r"|geschaftsfuhrer(?:in)?|vorstand|prokurist|referent(?:in)?|kaufmann|kauffrau|vice|vp|svp|evp|deputy|ceo|cfo|coo|cio"
    r"|cto|chro|cmo|cpo|cdo|ciso|member|technologist|therapist|counselor|worker|professor|lecturer|librarian|foreman"
    r"|estimator|handler|aide|volunteer|captain|sergeant|pilot|merchandiser|salesperson|bookkeeper|adjuster"
    r"|underwriter|dispatcher|programmer|tester|photographer|stylist|strategist|liaison|trainee|apprentice|contractor"
    r"|owner-operator|scrum|master|kierownik|teamlead|chair|chairman|chairwoman|chairperson|voorzitter|president)s?$"
)
_FIELD: Final = re.compile(
    r"(?:professional|freelance|staff|technical|general|sales|marketing|finance|financial|business|project|projekt|projet"
    r"|product|operations?|human|resources?|service|customer|client|supply|chain|procurement|health|healthcare"
    r"|information|technology|digital|media|public|relations|banking|legal|quality|construction|design|education"
    r"|teaching|fitness|aviation|arts?|regional|national|international|global|hr|it|administrative|vacancy|number"
    r"|summary|profile?|experience|skills|contact|personal|details|curriculum|vitae|resume|objective|highlights|career"
    r"|overview|page|personalia|coordonnees|gegevens|daten|data|transformation|change|crisis|turnaround|risk"
    r"|university|universiteit|universite|universitat|company|city|state|school|college|inc|llc|ltd|gmbh|nv|sa|bv|bvba"
    r"|sprl|srl|ag)s?$"
)


def names_function(words: str) -> bool:
    """Whether one of the words is a function such as "manager", "comptable", "Leiterin"."""
    return any(_FUNCTION.match(word) for word in _split(words))


def is_trade_word(word: str) -> bool:
    """Whether the word names a function or the field of one."""
    return any(_FUNCTION.match(part) or _FIELD.match(part) for part in _split(word))


def _split(words: str) -> list[str]:
    return re.split(r"[\s/,.()&+:;|]+", fold(words))
