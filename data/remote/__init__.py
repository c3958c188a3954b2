"""Inboxes and outputs that lie elsewhere: in a database or an object store."""
