"""The order of things: the night, the command line, publishing, the engine."""
