"""Explain any pair of a published night, also one whose quotes the night did not keep."""

from dataclasses import asdict
from datetime import date
from pathlib import Path

import polars as pl

from data.errors import InputError
from data.schema.words import PAIR
from models.weights.champion import weights_from
from pipeline.export.catalogue import load_messages
from pipeline.export.text import render_text
from pipeline.journal import Journal
from pipeline.nightly import rank
from pipeline.nights.folders import MANIFEST, current_night, read_manifest
from pipeline.nights.manifest import file_hashes, night_key
from pipeline.settings import settings_from
from pipeline.stages.explain import explain_one, load_inputs
from pipeline.stages.tables import explain_inputs


def retell_pair(runs: Path, brief_id: str, candidate_id: str, journal: Journal) -> str:
    """One pair of the published night as plain text, under the settings of that night.

    A night keeps the quotes of its shortlists. For any other pair its brief is ranked once more,
    from the same inbox and the caches, which gives the same figures.

    Raises:
        InputError: there is no such pair, or the inbox is no longer that of the night.
    """
    night = current_night(runs)
    manifest = read_manifest(night)
    settings = settings_from(manifest["settings"], where=str(night / MANIFEST))
    kept = load_inputs(night)
    pair = pl.DataFrame([(brief_id, candidate_id)], schema=PAIR, orient="row")
    listed = kept.longlist.join(pair, on=PAIR, how="semi")
    if listed.height and kept.evidence.join(pair, on=PAIR, how="semi").is_empty():
        as_of, folder = date.fromisoformat(manifest["as_of"]), Path(manifest["inbox"])
        champion = manifest["weights"].get("sha256", "")
        if night_key(as_of, file_hashes(folder), asdict(settings), champion) != manifest["key"]:
            raise InputError(
                f"To explain a pair that is on no shortlist, the inbox {folder} and the installed "
                "versions must be those of the night; they have changed. Run a new night first."
            )
        weights = weights_from(manifest["weights"], where=night / MANIFEST)
        ranking = rank(folder, runs, settings, as_of, journal, only=brief_id, weights=weights)
        kept = explain_inputs(ranking, pair, settings)
    explanation = explain_one(kept, brief_id, candidate_id, settings.shortlist)
    return render_text(explanation, load_messages(settings.export.language))
