"""The names and words of the trade in four languages, so that texts meet across languages."""
