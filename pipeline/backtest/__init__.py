"""Past briefs ranked with what was known when they came, held against what came of them."""
