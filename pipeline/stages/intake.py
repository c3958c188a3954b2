"""From candidates to documents, passages and experiences; no CV is read twice.

What a CV gives is kept under a hash of its bytes, of what the agency recorded beside it, and of
the code that reads it: an unchanged CV costs a look-up.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from types import ModuleType

import polars as pl

import data.cv
import data.text
from data.cv.document import Document, Unreadable
from data.cv.duplicates import find_duplicates
from data.cv.frames import DOCUMENT_COLUMNS, read_cvs
from data.cv.read import EXPERIENCE_COLUMNS, PASSAGE_COLUMNS
from data.cv.workers import read_documents
from data.schema import InboxExperiences, Quarantine
from pipeline.engines.engine import HERE, Engine, map_files
from pipeline.privacy.owners import remember_owners

SHARD = 100  # CVs in one file: a few seconds of work, lost at most by a kill
_NESTED = {"passages": PASSAGE_COLUMNS, "experiences": EXPERIENCE_COLUMNS}


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What the CVs tell; every table has a candidate_id, `unreadable` is quarantine.

    `merged` has candidate_id, same_as: CVs that tell the same as another and are left out.
    """

    documents: pl.DataFrame
    passages: pl.DataFrame
    experiences: pl.DataFrame
    unreadable: pl.DataFrame
    merged: pl.DataFrame


def read_candidates(
    candidates: pl.DataFrame,
    recorded: pl.DataFrame,
    inbox: Path,
    cache_folder: Path,
    *,
    engine: Engine = HERE,
    done: Callable[[int], None] = lambda count: None,
) -> Reading:
    """Read the CV of every candidate: the file where there is one, else the text.

    Args:
        candidates: candidate_id, cv_file, cv_text, updated_at; of two that sent the same CV the
            one updated last stays.
        recorded: the experiences that the agency recorded, which win over those of the CV.
        inbox: the folder that `cv_file` is relative to.
        cache_folder: where read CVs are kept from night to night.
        engine: who reads.
        done: called with the number of CVs finished since the last call.
    """
    texts = _with_keys(candidates, recorded, inbox)
    remember_owners(texts, cache_folder)
    known = _known(cache_folder, texts["cv_key"])
    missing = texts.unique("cv_key", maintain_order=True).join(known, on="cv_key", how="anti")
    done(texts.height - missing.height)
    given_up = _read_missing(missing, cache_folder, engine, done)
    latest_first = candidates.sort("updated_at", descending=True, nulls_last=True)
    return _unpack(
        latest_first.select("candidate_id").join(texts, on="candidate_id", maintain_order="left"),
        pl.concat([_known(cache_folder, texts["cv_key"]), given_up], how="diagonal"),
    )


def read_shard(source: Path, output: Path) -> None:
    """A stage of the engine: CVs of one file in, one row a CV out, passages and roles nested."""
    shard = pl.read_parquet(source)
    files = {row["path"]: row["cv_key"] for row in shard.iter_rows(named=True) if row["path"]}
    opened: dict[str, Document | Unreadable] = {}
    for path, document in read_documents([Path(path) for path in files], workers=1):
        opened[files[str(path)]] = document
    rows, refused = [], []
    for row in shard.iter_rows(named=True):
        document = opened.get(row["cv_key"]) or Document(text=row["text"])
        if isinstance(document, Unreadable):
            refused.append({"cv_key": row["cv_key"], "reason": str(document)})
        else:
            rows.append({"candidate_id": row["cv_key"], **asdict(document)})
    schema = {name: DOCUMENT_COLUMNS[name] for name in ("candidate_id", "text", "hidden", "note")}
    texts = pl.DataFrame(rows, schema=schema)
    read = _pack(*read_cvs(texts, _recorded_of(shard)))
    reasons = pl.DataFrame(refused, schema={"cv_key": pl.String, "reason": pl.String})
    pl.concat([read, reasons], how="diagonal").write_parquet(output)


@cache
def code_version(*code: ModuleType) -> str:
    """A hash of modules, and of packages with their word lists.

    What they made is good for as long as it stays.
    """
    digest = hashlib.sha256()
    for module in code:
        file = Path(str(module.__file__))
        files = sorted(file.parent.rglob("*")) if file.name == "__init__.py" else [file]
        for file in files:
            if file.is_file() and file.suffix != ".pyc":
                digest.update(file.read_bytes())
    return digest.hexdigest()


def reader_version() -> str:
    """A hash of what reads CVs: when it changes, every CV is read anew."""
    return code_version(data.cv, data.text)


def _with_keys(candidates: pl.DataFrame, recorded: pl.DataFrame, inbox: Path) -> pl.DataFrame:
    """candidate_id, cv_key, path, text and the nested `recorded` roles of each candidate."""
    roles = recorded.group_by("candidate_id", maintain_order=True).agg(
        recorded=pl.struct(pl.exclude("candidate_id"))
    )
    frame = candidates.select("candidate_id", "cv_file", text="cv_text").join(
        roles, on="candidate_id", how="left", maintain_order="left"
    )
    keys = []
    for row in frame.iter_rows(named=True):
        digest = hashlib.sha256(reader_version().encode())
        digest.update(repr(row["recorded"]).encode())
        if row["cv_file"]:
            path = inbox / row["cv_file"]
            digest.update(path.suffix.lower().encode())
            digest.update(path.read_bytes() if path.is_file() else b"missing")
        else:
            digest.update((row["text"] or "").encode())
        keys.append(digest.hexdigest())
    return frame.with_columns(
        cv_key=pl.Series(keys, dtype=pl.String),
        path=f"{inbox.absolute()}/" + pl.col("cv_file"),
    ).drop("cv_file")


def _read_missing(
    missing: pl.DataFrame, cache_folder: Path, engine: Engine, done: Callable[[int], None]
) -> pl.DataFrame:
    """Read the CVs of `missing` into the cache; gives cv_key, reason of those given up.

    Of a shard that fails each CV is tried alone, so that one CV costs no other its place.
    """
    folder, out = cache_folder / "shards", cache_folder / "cvs"
    shards, failed = dict(_write_shards(missing, folder, SHARD)), dict[Path, Exception]()

    def read(files: Iterable[Path]) -> None:
        map_files(
            read_shard,
            list(files),
            out,
            engine=engine,
            done=lambda shard: done(shards[shard]),
            failed=failed.__setitem__,
        )

    read(shards)
    reasons = {}
    if failed:
        lost = missing.filter(pl.col("cv_key").is_in(_keys_of(failed).implode()))
        again = dict(_write_shards(lost, folder, 1))
        shards |= again
        failed.clear()
        read(again)
        reasons = {_keys_of([shard])[0]: f"{error}" for shard, error in failed.items()}
    for shard in shards:
        shard.unlink()
    schema = {"cv_key": pl.String, "reason": pl.String}
    return pl.DataFrame(list(reasons.items()), schema=schema, orient="row")


def _keys_of(shards: Iterable[Path]) -> pl.Series:
    return pl.concat(pl.read_parquet(shard, columns=["cv_key"]) for shard in shards)["cv_key"]


def _write_shards(missing: pl.DataFrame, folder: Path, size: int) -> Iterator[tuple[Path, int]]:
    """Write what is to be read, `size` CVs a file; gives each file with its number of CVs."""
    folder.mkdir(parents=True, exist_ok=True)
    for part in missing.select(pl.exclude("candidate_id")).iter_slices(size):
        name = hashlib.sha256("".join(part["cv_key"]).encode()).hexdigest()[:24]
        path = folder / f"{name}.parquet"
        part.write_parquet(path)
        yield path, part.height


def _recorded_of(shard: pl.DataFrame) -> pl.DataFrame | None:
    if shard["recorded"].dtype == pl.Null or shard["recorded"].null_count() == shard.height:
        return None
    roles = shard.select(candidate_id="cv_key", recorded="recorded").drop_nulls("recorded")
    return roles.explode("recorded").unnest("recorded").select(InboxExperiences.column_names())


def _pack(
    documents: pl.DataFrame, passages: pl.DataFrame, experiences: pl.DataFrame
) -> pl.DataFrame:
    packed = documents
    for name, table in (("passages", passages), ("experiences", experiences)):
        nested = table.group_by("candidate_id", maintain_order=True).agg(
            pl.struct(*_NESTED[name]).alias(name)
        )
        packed = packed.join(nested, on="candidate_id", how="left", maintain_order="left")
    return packed.rename({"candidate_id": "cv_key"})


def _known(cache_folder: Path, keys: pl.Series) -> pl.DataFrame:
    """The rows of these keys that earlier nights have read."""
    files = sorted((cache_folder / "cvs").glob("*.parquet"))
    if not files:
        return pl.DataFrame(schema={"cv_key": pl.String})
    wanted = pl.col("cv_key").is_in(keys.unique().implode())
    rows = pl.concat([pl.scan_parquet(file) for file in files], how="diagonal").filter(wanted)
    return rows.collect().unique("cv_key", keep="first", maintain_order=True)


def _unpack(texts: pl.DataFrame, read: pl.DataFrame) -> Reading:
    of = texts.select("candidate_id", "cv_key", "path").join(
        read, on="cv_key", how="left", maintain_order="left"
    )
    if "reason" not in of.columns:
        of = of.with_columns(reason=pl.lit(None, dtype=pl.String))
    readable = of.filter(pl.col("reason").is_null())
    merged = find_duplicates(readable.select(*DOCUMENT_COLUMNS))
    good = readable.join(merged, on="candidate_id", how="anti").sort("candidate_id")
    return Reading(
        merged=merged,
        documents=good.select(*DOCUMENT_COLUMNS),
        passages=_unnest(good, "passages"),
        experiences=_unnest(good, "experiences"),
        unreadable=_quarantined(of.filter(pl.col("reason").is_not_null())),
    )


def _unnest(good: pl.DataFrame, name: str) -> pl.DataFrame:
    rows = good.select("candidate_id", name).drop_nulls(name).explode(name).unnest(name)
    return rows.select("candidate_id", *_NESTED[name])


def _quarantined(refused: pl.DataFrame) -> pl.DataFrame:
    return Quarantine.validate(
        refused.select(
            table=pl.lit("candidates"),
            row=pl.lit(None, dtype=pl.Int64),
            id="candidate_id",
            column=pl.lit("cv_file"),
            reason="The CV cannot be read: " + pl.col("reason") + ".",
            value=pl.col("path").str.split("/").list.last(),
        )
    )
