"""Audits: what a ranking must not depend on, and what nobody may gain by."""
