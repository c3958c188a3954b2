"""What a trial says: how often something was tried, and how often what must hold did hold."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Count:
    """One line of the table that `make trust` prints."""

    what: str
    tried: int
    held: int
    note: str = ""

    @property
    def passes(self) -> bool:
        """Whether it held every time."""
        return self.held == self.tried

    def __str__(self) -> str:
        mark = "ok" if self.passes else "!!"
        return f"{mark}  {self.held:>6} of {self.tried:<6}  {self.what}" + (
            f" ({self.note})" if self.note else ""
        )
