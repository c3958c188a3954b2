"""What a row means: schemas, reading, checking, text and the simulated agency."""
