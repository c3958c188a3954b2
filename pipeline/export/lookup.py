"""The rows that the wanted pairs of a night need, keyed once, so that each pair costs the same."""

from collections import defaultdict

import polars as pl

from data.schema.words import PAIR
from pipeline.export import rows as read
from pipeline.export.inputs import ExplainInputs
from pipeline.export.rows import Row, grouped
from pipeline.export.rules import ExplainSettings
from pipeline.export.shortlist import Elsewhere, Person


class Lookup:
    """Rows by brief, by candidate or by both; a key without rows gives an empty list."""

    def __init__(
        self, inputs: ExplainInputs, pairs: pl.DataFrame, settings: ExplainSettings
    ) -> None:
        self.settings = settings
        self.pool = inputs.candidates.height
        self.requirements = grouped(inputs.requirements.sort("requirement"), "brief_id")
        demand = inputs.demand.sort("demand", "dimension", descending=[True, False])
        self.demand = grouped(demand, "brief_id")
        self.gates = grouped(inputs.gates.join(pairs, on=PAIR, how="semi"), *PAIR)
        self.evidence = grouped(inputs.evidence.join(pairs, on=PAIR, how="semi"), *PAIR)
        self.changes = grouped(inputs.changes, *PAIR)
        like = inputs.likeness.select(*PAIR, "likeness").iter_rows()
        self.likeness = {(brief, candidate): number for brief, candidate, number in like}
        self.near_misses = grouped(inputs.near_misses, "brief_id")
        self.events = self._of_people(inputs.adaptability, pairs)
        self.flags = self._of_people(inputs.flags, pairs)
        self.facts = self._of_people(inputs.candidates, pairs)
        self.contacts = self._of_people(inputs.contacts, pairs)
        rank = pl.col("rank")
        bands = inputs.longlist.group_by("brief_id", "band").agg(rank.min(), last=rank.max())
        self.bands = {(brief, band): (a, b) for brief, band, a, b in bands.iter_rows()}
        people = pl.col("candidate_id").n_unique().alias("n")
        failing = inputs.gates.lazy().filter(pl.col("answer") == "fail")
        by_gate = failing.group_by("brief_id", "gate").agg(people)
        by_gate = by_gate.sort("n", "gate", descending=[True, False])
        self.stopped = grouped(by_gate.collect(), "brief_id")
        self.failed = dict(failing.group_by("brief_id").agg(people).collect().iter_rows())
        self.proposed = set(inputs.assignment.select(PAIR).iter_rows())
        self.listed = self._listed(inputs)

    def person(self, candidate_id: str) -> Person:
        """The candidate as a reader meets them."""
        facts = next(iter(self.facts[candidate_id]), {})
        contact = next(iter(self.contacts[candidate_id]), {})
        return read.person(candidate_id, facts, contact)

    def elsewhere(self, brief_id: str, candidate_id: str) -> tuple[Elsewhere, ...]:
        """The other shortlists on which a candidate stands, the best place first."""
        return tuple(each for each in self.listed[candidate_id] if each.brief_id != brief_id)

    @staticmethod
    def _of_people(frame: pl.DataFrame, pairs: pl.DataFrame) -> dict[str, list[Row]]:
        return grouped(frame.join(pairs, on="candidate_id", how="semi"), "candidate_id")

    def _listed(self, inputs: ExplainInputs) -> defaultdict[str, list[Elsewhere]]:
        titles = dict(inputs.briefs.select("brief_id", "title").iter_rows())
        short = inputs.listed(self.settings.top)
        listed: defaultdict[str, list[Elsewhere]] = defaultdict(list)
        for brief, candidate, rank in (
            short.select(*PAIR, "rank").sort("rank", "brief_id").iter_rows()
        ):
            proposed = (brief, candidate) in self.proposed
            listed[candidate].append(
                Elsewhere(brief_id=brief, title=titles[brief], rank=rank, proposed=proposed)
            )
        return listed
