"""From a CV file to its passages; modules are imported one by one, so that the reading child stays small."""
