"""The closed vocabularies of the tables, so that every stage spells a word alike."""

from typing import Final

PAIR: Final = ["brief_id", "candidate_id"]  # the key of whatever is told of the two

LANGUAGES: Final = ("en", "fr", "nl", "de")
LEVELS: Final = ("A1", "A2", "B1", "B2", "C1", "C2")
WORK_MODES: Final = ("onsite", "hybrid", "remote")
REASONS: Final = ("replacement", "project", "transformation", "crisis", "growth", "vacancy")
TIERS: Final = ("must", "should", "nice")
SOURCES: Final = (
    "must_have",
    "should_have",
    "nice_to_have",
    "objectives",
    "description",
    "title",
)
SECTIONS: Final = (
    "summary",
    "experience",
    "education",
    "skills",
    "languages",
    "certifications",
    "projects",
    "interests",
    "other",
)
DIMENSIONS: Final = (
    "emergency",
    "stress",
    "creative",
    "uncertain",
    "learning",
    "interpersonal",
    "cultural",
)
ANSWERS: Final = ("pass", "fail", "unknown")

DECISIONS: Final = ("submitted", "rejected", "withdrawn", "interviewed", "selected")
OUTCOMES: Final = ("selected", "completed", "extended", "rehired")
"""What a placement came to; `selected` alone means that it is running or ended early."""
OUTCOME_LEVELS: Final = {
    "submitted": 0,
    "interviewed": 1,
    "selected": 2,
    "completed": 3,
    "extended": 4,
    "rehired": 4,
}
"""The five levels of how far a presentation came; extended and re-hired share the highest."""
CAUSES: Final = ("client", "candidate", "provider", "circumstances")
ASPECTS: Final = ("expertise", "adaptability", "communication", "culture", "scope")
