"""Names a model folder by its content, so that vectors of different models never mix."""

import hashlib
from pathlib import Path

DIGEST = "digest.txt"
# Not the settings files: they name the versions of the libraries that wrote them.
_CONTENT = ("*.safetensors", "*.bin", "*.model", "tokenizer.json", "vocab.txt")


def folder_digest(folder: Path) -> str:
    """Return the SHA-256 of a model folder's weights and tokenizer.

    A folder that was written by us carries it in `digest.txt`: hashing half a gigabyte at every
    start would cost half a second.
    """
    known = folder / DIGEST
    return known.read_text(encoding="utf-8") if known.is_file() else hash_folder(folder)


def hash_folder(folder: Path) -> str:
    """Hash the names and bytes of the weights and the tokenizer in `folder`."""
    digest = hashlib.sha256()
    for path in sorted({path for pattern in _CONTENT for path in folder.rglob(pattern)}):
        digest.update(path.relative_to(folder).as_posix().encode())
        with path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()
