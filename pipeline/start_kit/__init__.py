"""What a client must have ready for day one of a mission, and when to talk about how it goes."""
