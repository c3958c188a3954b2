"""The stages of a night, each a function from tables to tables."""
