"""The weights of the blend: the champion with its history, and a brief's own."""
