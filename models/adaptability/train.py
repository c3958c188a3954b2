"""Fit the reader of sentences anew and save it: `python -m models.adaptability.train [ENCODER]`."""

import sys
from collections.abc import Sequence

from models.adaptability.joining import with_pairs
from models.adaptability.saved import save_reader
from models.adaptability.training import fit_reader, read_sentences, training_texts
from models.encoder import DEFAULT, EncoderSettings, load_encoder


def main(arguments: Sequence[str]) -> None:
    """Embed data/sentences, single and in pairs, with the named encoder, fit, write two files."""
    encoder = load_encoder(EncoderSettings(name=arguments[0] if arguments else DEFAULT))
    sentences = with_pairs(read_sentences())
    vectors = encoder.encode(training_texts(sentences), kind="passage")
    save_reader(fit_reader(sentences, vectors, encoder.id))


if __name__ == "__main__":
    main(sys.argv[1:])
