"""Whether a runs folder still holds what the nights wrote: every hash is computed anew."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from data.errors import InputError
from models.digest import DIGEST, hash_folder
from models.e5.folder import converted_folder
from models.encoder import DEFAULT, EncoderSettings, cache_folder
from pipeline.audit.log import entries, verify
from pipeline.nights.folders import CURRENT, MANIFEST, nights_of, read_manifest
from pipeline.nights.manifest import file_hashes, sha256_of
from pipeline.nights.seal import broken_seals


@dataclass(frozen=True, kw_only=True)
class Damage:
    """Something that is not as it was written, and what to do about it."""

    where: str
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}. {self.remedy}"


def check_runs(runs: Path, encoder: EncoderSettings, heads: dict[str, str]) -> list[Damage]:
    """Everything that is damaged in a runs folder: nights, pointer, cache, model, audit log.

    Args:
        runs: the runs folder.
        encoder: the settings by which the model's folder is found.
        heads: heads of the audit log kept elsewhere, by a description of where.
    """
    return [
        *(damage for night in nights_of(runs) for damage in check_night(runs, night)),
        *_pointer(runs),
        *(
            Damage(
                where=f"cache/{name}",
                what="the bytes are not those that a night wrote",
                remedy="Remove it; the next night makes it anew",
            )
            for name in broken_seals(runs)
        ),
        *_model(encoder),
        *check_log(runs, heads),
    ]


def check_night(runs: Path, night: Path) -> Iterator[Damage]:
    """What of a night is not as it was published."""
    remedy = "Run the night again, or roll back to a whole one with `briefmatch rollback`"
    if _recorded(runs).get(night.name) != sha256_of(night / MANIFEST):
        what = "not what the audit log recorded"
        yield Damage(where=f"{night.name}/{MANIFEST}", what=what, remedy=remedy)
    try:
        files = read_manifest(night)["files"]
    except (InputError, KeyError):
        yield Damage(where=f"{night.name}/{MANIFEST}", what="cannot be read", remedy=remedy)
        return
    found = {name: digest for name, digest in file_hashes(night).items() if name != MANIFEST}
    for name in sorted(files.keys() | found.keys()):
        if files.get(name) != found.get(name):
            what = "is missing" if name not in found else "not the bytes that were published"
            yield Damage(where=f"{night.name}/{name}", what=what, remedy=remedy)


def is_whole(runs: Path, night: Path) -> bool:
    """Whether every file of a night is as it was published."""
    return next(check_night(runs, night), None) is None


def check_log(runs: Path, heads: dict[str, str]) -> Iterator[Damage]:
    """What is wrong with the audit log, held against the heads in the manifests of all nights."""
    carried = {}
    for night in nights_of(runs):
        try:
            carried[f"in the manifest of {night.name}"] = read_manifest(night)["audit_head"]
        except (InputError, KeyError):
            continue  # told as damage of the night
    for problem in verify(runs, heads={**carried, **heads}).problems:
        remedy = "Keep the file as it is and find out who changed it"
        yield Damage(where="audit/log.jsonl", what=problem, remedy=remedy)


def _recorded(runs: Path) -> dict[str, str]:
    """The hash of the manifest of every night by its name, as last recorded."""
    recorded: dict[str, str] = {}
    for entry in entries(runs):
        if "manifest" in entry.facts and "folder" in entry.facts:
            recorded[str(entry.facts["folder"])] = str(entry.facts["manifest"])
    return recorded


def _pointer(runs: Path) -> Iterator[Damage]:
    link = runs / CURRENT
    if link.is_symlink() and not (link / MANIFEST).is_file():
        remedy = "Run a night, or roll back to a whole one with `briefmatch rollback`"
        yield Damage(where=CURRENT, what="points at no night", remedy=remedy)


def _model(settings: EncoderSettings) -> Iterator[Damage]:
    default = settings.name == DEFAULT
    folder = converted_folder(cache_folder(settings.cache)) if default else Path(settings.name)
    written = folder / DIGEST
    if written.is_file() and hash_folder(folder) != written.read_text("utf-8"):
        remedy = "Remove the folder; the next run converts the model anew"
        yield Damage(where=str(folder), what="not the weights that were written", remedy=remedy)
