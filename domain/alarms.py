"""Words after which a person must speak with a person at once; the site may change them (words.yaml)."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from domain.configuration import Section


class AlarmKind(StrEnum):
    LIFE = "life"
    WAGES = "wages"
    UNREST = "unrest"


@dataclass(frozen=True)
class Alarm:
    kind: AlarmKind
    word: str = field(repr=False)


_USUAL = {
    AlarmKind.LIFE: ("跳楼", "自杀", "轻生", "不想活", "活不下去", "同归于尽"),
    AlarmKind.WAGES: ("欠薪", "讨薪", "拖欠工资", "欠工资", "欠着工资", "发不出工资", "工资没发"),
    AlarmKind.UNREST: ("上访", "要闹", "闹事", "闹大", "闹起来", "拉横幅", "堵门", "堵路", "静坐", "围堵", "打起来"),
}  # fmt: skip


@dataclass(frozen=True)
class Alarms:
    words: tuple[tuple[AlarmKind, tuple[str, ...]], ...] = tuple(_USUAL.items())

    def in_text(self, text: str) -> Alarm | None:
        """The gravest kind comes first."""
        return next((Alarm(kind, word) for kind, words in self.words for word in words if word in text), None)


def read_alarms(document: Section) -> Alarms:
    """Left out: the usual words; an empty list: none of this kind."""
    if not document.has("alarms"):
        document.raw("alarms")
        return Alarms()
    section = document.section("alarms")
    found = tuple((kind, section.texts(kind) if section.has(kind) else _USUAL[kind]) for kind in AlarmKind)
    section.end()
    return Alarms(found)
