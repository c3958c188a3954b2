"""Plain text: cleaning, language, dates and the removal of personal data."""
