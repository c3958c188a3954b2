"""From a CV file to its passages (no imports here: the reading child stays small)."""
