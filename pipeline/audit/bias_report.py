"""The audit of bias as a person reads it, without what would tell the size of a small group."""

from dataclasses import dataclass
from typing import Final

from pipeline.audit.bias_exposure import Exposure
from pipeline.audit.bias_rates import HIDDEN_BELOW, Group, Rate

CROSSED: Final = " + "
"""Between the values of two attributes that are looked at together."""


@dataclass(frozen=True, kw_only=True)
class Section:
    """One attribute, or two of them together, in one slice of the briefs or of the CVs."""

    attribute: str
    slice: str
    groups: tuple[Group, ...]
    exposures: dict[str, Exposure]
    adjusted: dict[str, float]
    unknown: int

    def to_text(self) -> str:
        """The section as a table of plain text."""
        # Beside a hidden group the number of unknown would give its size away, even when it is 0.
        few = 0 < self.unknown < HIDDEN_BELOW
        unknown = "not shown" if few or self._hides else self.unknown
        head = f"{self.attribute}, {self.slice} (people unknown: {unknown})"
        return "\n".join([head, _HEADINGS, *(self._line(group) for group in self.groups)])

    @property
    def _hides(self) -> bool:
        return any(group.hidden for group in self.groups)

    def _line(self, group: Group) -> str:
        if group.hidden:
            return f"  {group.name:<24} {f'<{HIDDEN_BELOW}':>6}  not shown"
        # The groups of one attribute are shown, so exact parts of them would tell the hidden part.
        veiled = self._hides and CROSSED in self.attribute
        people = f"{group.people // 10 * 10}+" if veiled else group.people
        both = (group.selection, group.scoring)
        parts = [_rate(rate, group.people, veiled=veiled) for rate in both]
        seen = self.exposures.get(group.name)
        attention = (
            f"{seen.relative:>5.2f} [{seen.low:.2f}, {seen.high:.2f}] "
            f"p {self.adjusted[group.name]:.3f}"
            if seen
            else "-"
        )
        return f"  {group.name:<24} {people:>6}  {parts[0]}  {parts[1]}  {attention}"


_HEADINGS = (
    f"  {'group':<24} {'people':>6}  {'selected':>8} {'ratio':>5} {'enough?':<21}"
    f"  {'above':>8} {'ratio':>5} {'enough?':<21}  attention [chance]"
)


def _rate(rate: Rate | None, people: int, *, veiled: bool) -> str:
    if rate is None:
        return f"{'-':>8} {'-':>5} {'':<21}"
    ratio = "-" if rate.ratio is None else f"{rate.ratio:.2f}"
    if rate.sufficient(people):
        enough = "yes"
    elif rate.detectable is None or veiled:  # it goes by the number of people
        enough = "insufficient"
    else:
        enough = f"insufficient (< {rate.detectable:.2f})"
    return f"{rate.rate:>8.3f} {ratio:>5} {enough:<21}"


@dataclass(frozen=True, kw_only=True)
class BiasReport:
    """All sections, and what was looked at."""

    nights: int
    briefs: int
    people: int
    sections: tuple[Section, ...]

    def to_text(self) -> str:
        """The report as a person reads it."""
        about = f"{self.people} people before {self.briefs} briefs of {self.nights} nights"
        return "\n\n".join([about, *(section.to_text() for section in self.sections), _NOTE])


_NOTE = (
    "ratio: rate of the group for the highest rate shown (6 RCNY 5-300); below 0.80 asks for a "
    "closer look.\ninsufficient (< r): too few people for the ratio to mean anything; only a ratio "
    "below r would show.\nattention: mean worth of the places on shortlists for the mean of all; "
    "in brackets what chance gives; p after Holm.\nGroups under 10 people are not shown."
)
