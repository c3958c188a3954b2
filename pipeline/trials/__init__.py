"""Trials that break things on purpose and count what holds; nothing here runs in a night."""
