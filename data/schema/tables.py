"""The names under which the tables are filed, each with its schema."""

from typing import Final

import dataframely as dy

from data.schema import inbox, stages

INBOX_TABLES: Final[dict[str, type[dy.Schema]]] = {
    "candidates": inbox.Candidates,
    "contacts": inbox.Contacts,
    "experiences": inbox.InboxExperiences,
    "briefs": inbox.Briefs,
    "presentations": inbox.Presentations,
    "placements": inbox.Placements,
    "feedback": inbox.Feedback,
    "judgements": inbox.Judgements,
}

STAGE_TABLES: Final[dict[str, type[dy.Schema]]] = {
    "documents": stages.Documents,
    "passages": stages.Passages,
    "experiences": stages.Experiences,
    "quarantine": stages.Quarantine,
    "requirements": stages.Requirements,
    "adaptability": stages.Adaptability,
    "longlist": stages.Longlist,
    "gates": stages.Gates,
}
