"""One line of the table."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Row:
    """`measured` against `yardstick` (same unit); `reach`: what contract §7 asks for; `note`: what else was seen."""

    number: str
    figure: str
    measured: float
    unit: str
    yardstick: float | None
    reach: str
    ok: bool
    note: str = ""

    @property
    def ratio(self) -> float | None:
        return self.measured / self.yardstick if self.yardstick else None

    def __str__(self) -> str:
        yardstick = f"{self.yardstick:,.1f} {self.unit}" if self.yardstick else "–"
        ratio = f"{self.ratio:.2f}" if self.ratio else "–"
        mark = "" if self.ok else "  MISSED"
        return (
            f"{self.number:<3}{self.figure:<52}{f'{self.measured:,.1f} {self.unit}':>14}{yardstick:>14}{ratio:>9}"
            f"  {self.reach:<12}{self.note}{mark}"
        )

    def as_dict(self) -> dict[str, Any]:
        return asdict(self) | {"ratio": self.ratio}
