"""Commands that show one model at work on plain texts: vectors, signals, links."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from pipeline.commands.options import Existing, SettingsFile

app = typer.Typer()


@app.command(epilog="Example: briefmatch embed texts.jsonl vectors.npy --as passage")
def embed(
    texts: Existing,
    vectors: Path,
    kind: Annotated[Literal["query", "passage"], typer.Option("--as")] = "passage",
    settings: SettingsFile = None,
) -> None:
    """Embed rows `{"id", "text"}` into a float32 array, L2-normalised, in their order."""
    from models.encoder import embed_file, load_encoder
    from pipeline.settings import read_settings

    embed_file(texts, vectors, load_encoder(read_settings(settings).encoder), kind)


@app.command(epilog="Example: briefmatch signals texts.jsonl signals.jsonl")
def signals(texts: Existing, out: Path, settings: SettingsFile = None) -> None:
    """Tell of each text how surely it tells an adaptability event, with its quote."""
    from models.adaptability.signals import write_signals
    from models.encoder import load_encoder
    from pipeline.settings import read_settings

    write_signals(texts, out, load_encoder(read_settings(settings).encoder))


@app.command(epilog="Example: briefmatch link queries.tsv corpus.tsv scores.npy")
def link(queries: Existing, corpus: Existing, scores: Path, settings: SettingsFile = None) -> None:
    """Score every query against every text of a corpus (`id<TAB>text`): titles and skills."""
    from models.encoder import load_encoder
    from models.titles import link_files
    from pipeline.settings import read_settings

    link_files(queries, corpus, scores, load_encoder(read_settings(settings).encoder))
