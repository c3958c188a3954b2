"""The invariance audit from end to end: a night, edited CVs, careers in four languages."""

import random
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from data.agency import write_agency
from pipeline.audit.careers import write_parallel_inbox
from pipeline.audit.invariance import Finding, audit_edits, table
from pipeline.audit.languages import LanguageFinding, audit_languages, language_table
from pipeline.audit.red_team import Gain, attack, gains, to_text
from pipeline.audit.world import open_world
from pipeline.benchmarks.baselines import encoder_run
from pipeline.journal import Journal
from pipeline.nightly import rank
from pipeline.settings import Settings
from pipeline.stages.vectors import open_encoder

_CANDIDATES, _BRIEFS = 150, 8
_FUNCTIONS, _CAREERS, _TOP = 4, 6, 12


@dataclass(frozen=True, kw_only=True)
class Report:
    """What the audit found."""

    edits: tuple[Finding, ...]
    attacks: tuple[Gain, ...]
    languages: tuple[LanguageFinding, ...]

    @property
    def passes(self) -> bool:
        """Whether every edit, every attack and the ranking of equal careers pass."""
        fair = self.languages[0].passes and all(one.passes for one in self.edits)
        return fair and all(one.passes for one in self.attacks)

    def to_text(self) -> str:
        """Three tables; the plain encoder stands in the last for comparison only."""
        languages = language_table(list(self.languages))
        return f"{table(list(self.edits))}\n\n{to_text(self.attacks)}\n\n{languages}"


def audit_invariance(
    inbox: Path | None,
    runs: Path | None,
    settings: Settings,
    as_of: date,
    journal: Journal,
    *,
    cvs: int,
    seed: int,
) -> Report:
    """Audit `inbox`, or a generated sample where it is None; `runs` keeps vectors between audits.

    Raises:
        InputError: the inbox cannot be used.
    """
    with ExitStack() as stack:
        scratch = Path(stack.enter_context(TemporaryDirectory()))
        runs = runs or scratch / "runs"
        if inbox is None:
            inbox = scratch / "sample"
            write_agency(inbox, candidates=_CANDIDATES, briefs=_BRIEFS, seed=seed, as_of=as_of)
        ranking = rank(inbox, runs, settings, as_of, journal)
        with journal.stage("audit"):
            world = open_world(ranking)
            edits = audit_edits(world, inbox, cvs=cvs, seed=seed)
            each = -(-cvs // ranking.briefs.height)
            attempts = attack(world, cvs=each, rng=random.Random(seed))  # noqa: S311 - no secret
        languages = equal_careers(scratch / "careers", runs, settings, as_of, journal, seed=seed)
    attacks = tuple(gains(attempts))
    return Report(edits=tuple(edits), attacks=attacks, languages=tuple(languages))


def equal_careers(
    folder: Path,
    runs: Path,
    settings: Settings,
    as_of: date,
    journal: Journal,
    *,
    functions: int = _FUNCTIONS,
    careers: int = _CAREERS,
    top: int = _TOP,
    seed: int,
) -> list[LanguageFinding]:
    """The blend, then the plain encoder, on the same careers told in four languages."""
    professions = write_parallel_inbox(
        folder, functions=functions, careers=careers, as_of=as_of, seed=seed
    )
    ranking = rank(folder, runs, settings, as_of, journal)
    plain = encoder_run(ranking, open_encoder(runs, settings.encoder))
    columns = ["brief_id", "candidate_id", "score"]
    return [
        audit_languages("briefmatch", ranking.longlist.select(columns), professions, top=top),
        audit_languages("the plain encoder", plain.select(columns), professions, top=top),
    ]
