"""Words of functions and their fields: a title holds them, a person's name does not."""

import re
from typing import Final

from data.text.clean import fold

_FUNCTION: Final = re.compile(
    r"\A(?:manag(?:er|erin|eress|ement)|director|direct(?:eur|rice)|direktor(?:in)?|\w*leit(?:er"
    r"|erin|ung)|officer|consultante?|conseill(?:er|ere)"
    r"|konsultant|engineer|\w*ingenieu?re?(?:in)?|\w*analyste?|accountant|assistante?"
    r"|associate|specialiste?"
    r"|spezialist(?:in)?|\w*co-?ordinat(?:or|eur|rice)|\w*koordinator(?:in)?|advis[eo]r"
    r"|\w*adviseur|\w*leider|\w*prufer(?:in)?"
    r"|\w*berater(?:in)?|executive|president|technicien|technician|techniker|teacher|enseignante?"
    r"|leraar|lehrer(?:in)?"
    r"|develop(?:er|peur)|designer|supervisor|superviseur|superintendent|administrat(?:or|eur"
    r"|rice)|administrateur"
    r"|representative|vertegenwoordiger|vertreter(?:in)?|\w*controller|controleu(?:r|se)|comptable"
    r"|\w*boekhouder"
    r"|\w*buchhalter(?:in)?|buyer|acheteu(?:r|se)|inkoper|einkaufer(?:in)?|lawyer|\w*juriste?"
    r"|avocate?|attorney|counsel"
    r"|anwalt|nurse|rn|lpn|infirmier|infirmiere|chef|cook|clerk|agent|intern|stagiaire|trainer"
    r"|formateur|coach|expert"
    r"|lead|leader|head|hoofd|chief|owner|founder|fondateur|partner|associe|interim|senior|junior"
    r"|principal|advocate"
    r"|artist|educator|writer|editor|broker|banker|driver|chauffeur|attendant|mechanic|monteur"
    r"|operator|inspector"
    r"|instructor|recruiter|scientist|architecte?|architekt(?:in)?|\w*audit(?:or|eur)|planner"
    r"|producer|tutor|secretary"
    r"|secretaire|secretaresse|receptionist|cashier|server|bartender|waiter|hostess|responsable"
    r"|chargee?|gestionnaire"
    r"|\w*verantwoordelijke?|bestuurder|zaakvoerder|gerant|medewerk(?:er|ster)|mitarbeiter(?:in)?"
    r"|sachbearbeiter(?:in)?"
    r"|geschaftsfuhrer(?:in)?|vorstand|prokurist|referent(?:in)?|kaufmann|kauffrau|vice|vp|svp|evp"
    r"|deputy|ceo|cfo|coo|cio"
    r"|cto|chro|cmo|cpo|cdo|ciso|member|technologist|therapist|counselor|worker|professor|lecturer"
    r"|librarian|foreman"
    r"|estimator|handler|aide|volunteer|captain|sergeant|pilot|merchandiser|salesperson|bookkeeper"
    r"|adjuster"
    r"|underwriter|dispatcher|programmer|tester|photographer|stylist|strategist|liaison|trainee"
    r"|apprentice|contractor"
    r"|owner-operator|scrum|master|kierownik|teamlead|chair|chairman|chairwoman|chairperson"
    r"|voorzitter|president)s?$"
)
_FIELD: Final = re.compile(
    r"\A(?:professional|freelance|staff|technical|general|sales|marketing|finance|financial|"
    r"business|project|projekt|projet|product|operations?|human|resources?|service|"
    r"customer|client|supply|chain|procurement|health|healthcare|information|technology|"
    r"digital|media|public|relations|banking|legal|quality|construction|design|education|"
    r"teaching|fitness|aviation|arts?|regional|national|international|global|hr|it|"
    r"administrative|vacancy|number|summary|profile?|experience|skills|contact|personal|"
    r"details|curriculum|vitae|resume|objective|highlights|career|overview|page|personalia|"
    r"coordonnees|gegevens|daten|data|transformation|change|crisis|turnaround|risk|"
    r"university|universiteit|universite|universitat|company|city|state|school|college|inc|"
    r"llc|ltd|gmbh|nv|sa|bv|bvba|sprl|srl|ag|industr(?:y|ies|ie)|retail|bank(?:en)?|"
    r"benelux|pharma|farma|food|voeding|energ(?:y|ie)|logistics?|logisti(?:que|ek|k)|"
    r"planning|mittelstand|crise|krise|handel|zorg|overheid|bouw|ziekenhuizen|kwaliteit|"
    r"qualite|aankoop|verkoop|einkauf|vertrieb|achats|ventes|gestion|"
    r"\w{4,}(?:ung|heid|keit|schap|schaft|tion|tie|ment|beheer|zorg|wesen))s?$"
)


def names_function(words: str) -> bool:
    """Whether one of the words is a function such as "manager", "comptable", "Leiterin"."""
    return any(_FUNCTION.match(word) for word in _split(words))


def is_trade_word(word: str) -> bool:
    """Whether the word names a function or the field of one."""
    return any(_FUNCTION.match(part) or _FIELD.match(part) for part in _split(word))


def _split(words: str) -> list[str]:
    return re.split(r"[\s/,.()&+:;|]+", fold(words))
