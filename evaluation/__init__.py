"""Rankings and judgements or outcomes in, measures out; never sees a model."""
