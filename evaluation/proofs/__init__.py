"""Proofs on simulated agencies, whose truth is known: do the estimators find it."""
