"""The schema of every table: its data dictionary, its checks, and the one owner of column names."""

from data.schema.inbox import (
    Briefs,
    Candidates,
    Contacts,
    Feedback,
    InboxExperiences,
    Judgements,
    Placements,
    Presentations,
)
from data.schema.stages import (
    Adaptability,
    Documents,
    Experiences,
    Gates,
    Longlist,
    Passages,
    Quarantine,
    Requirements,
)
from data.schema.tables import INBOX_TABLES, STAGE_TABLES

__all__ = [
    "INBOX_TABLES",
    "STAGE_TABLES",
    "Adaptability",
    "Briefs",
    "Candidates",
    "Contacts",
    "Documents",
    "Experiences",
    "Feedback",
    "Gates",
    "InboxExperiences",
    "Judgements",
    "Longlist",
    "Passages",
    "Placements",
    "Presentations",
    "Quarantine",
    "Requirements",
]
