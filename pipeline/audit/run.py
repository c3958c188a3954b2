"""The invariance audit from end to end: a night, edited CVs, careers in four languages."""

from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from data.agency import write_agency
from pipeline.audit.careers import write_parallel_inbox
from pipeline.audit.invariance import Finding, audit_attacks, audit_edits, table
from pipeline.audit.languages import LanguageFinding, audit_languages, language_table
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
    languages: tuple[LanguageFinding, ...]

    @property
    def passes(self) -> bool:
        """Whether every edit and the ranking of equal careers pass."""
        return all(one.passes for one in self.edits) and self.languages[0].passes

    def to_text(self) -> str:
        """Both tables; the plain encoder stands in the second for comparison only."""
        return f"{table(list(self.edits))}\n\n{language_table(list(self.languages))}"


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
            world = open_world(ranking, runs, settings)
            edits = audit_edits(world, inbox, cvs=cvs, seed=seed)
            attacks = audit_attacks(world, inbox, cvs=cvs, seed=seed)
        languages = equal_careers(scratch / "careers", runs, settings, as_of, journal, seed=seed)
    return Report(edits=(*edits, *attacks), languages=tuple(languages))


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
