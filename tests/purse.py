"""Money of one period, on paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass
class Purse:
    """A person's money of one period, in minor units, as the facts add up."""

    funded: int
    ends_at: datetime
    reserved: int = 0
    spent: int = 0

    @property
    def left(self) -> int:
        """What may still be spent."""
        return self.funded - self.reserved - self.spent
