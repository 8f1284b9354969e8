"""Reading a site's configuration: every mistake is collected, none stops the reading of the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from typing import TypeVar

Choice = TypeVar("Choice", bound=StrEnum)
Parsed = TypeVar("Parsed")

_MISSING = object()


@dataclass(frozen=True)
class Flaw:
    """One mistake: the file, the keys that lead to it, and what is wrong in words for the office."""

    file: str
    path: tuple[str | int, ...]
    what: str
    line: int | None = None

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file} 第 {self.line} 行"
        keys = ".".join(str(key + 1) if isinstance(key, int) else key for key in self.path)
        return f"{place}：{keys} {self.what}" if keys else f"{place}：{self.what}"


class SiteProblems(Exception):
    """The site's configuration cannot be used; `problems` says everything that is wrong, a line each."""

    def __init__(self, flaws: Iterable[Flaw]) -> None:
        self.flaws: tuple[Flaw, ...] = tuple(flaws)
        self.problems: list[str] = [str(flaw) for flaw in self.flaws]
        super().__init__("\n".join(self.problems))


class Section:
    """A mapping of the document. A value that is missing or of a wrong type is noted and replaced by an
    empty one, so that reading goes on; whoever collects the flaws must throw the result away."""

    def __init__(self, value: object, file: str, path: tuple[str | int, ...], flaws: list[Flaw]) -> None:
        self.file, self.path, self._flaws = file, path, flaws
        self._read: set[str] = set()
        self.values: Mapping[str, object] = {}
        if isinstance(value, Mapping) and all(isinstance(key, str) for key in value):
            self.values = value
        else:
            self.flaw(None, "应为「键: 值」的列表")

    def flaw(self, key: str | int | None, what: str) -> None:
        path = self.path if key is None else (*self.path, key)
        self._flaws.append(Flaw(self.file, path, what))

    def raw(self, key: str) -> object | None:
        self._read.add(key)
        return self.values.get(key)

    def has(self, key: str) -> bool:
        return self.values.get(key) is not None

    def text(self, key: str, like: str = "", default: str | None = None) -> str:
        value = self._take(key, default)
        if value is _MISSING:
            self.flaw(key, f"缺少，应为文字{_example(like)}")
            return ""
        if not isinstance(value, str):
            self.flaw(key, f"应为文字{_example(like)}，数字和日期请加引号")
            return ""
        if default is None and not value.strip():
            self.flaw(key, f"不能为空{_example(like)}")
        return value.strip()

    def integer(self, key: str, *, least: int = 0, default: int | None = None) -> int:
        value = self._take(key, default)
        if isinstance(value, bool) or not isinstance(value, int) or value < least:
            problem = "缺少" if value is _MISSING else "不对"
            self.flaw(key, f"{problem}，应为不小于 {least} 的整数，例如 {max(least, 5)}")
            return least
        return value

    def share(self, key: str) -> float:
        value = self._take(key, None)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= 1:
            self.flaw(key, "应为 0 到 1 之间的小数，例如 0.9")
            return 1.0
        return float(value)

    def flag(self, key: str, *, default: bool | None = None) -> bool:
        value = self._take(key, default)
        if not isinstance(value, bool):
            self.flaw(key, "应为 true 或 false")
            return False
        return value

    def maybe_flag(self, key: str) -> bool | None:
        """None stands for "not known"."""
        return None if self.raw(key) is None else self.flag(key)

    def texts(self, key: str, *, required: bool = False) -> tuple[str, ...]:
        value = self.raw(key)
        if value is None and not required:
            return ()
        if not isinstance(value, list) or not all(isinstance(one, str) and one.strip() for one in value):
            self.flaw(key, "应为文字列表，例如 [甲, 乙]")
            return ()
        if len(set(value)) != len(value):
            self.flaw(key, "有重复的内容")
        if required and not value:
            self.flaw(key, "至少要有一项")
        return tuple(value)

    def integers(self, key: str, *, least: int = 0) -> tuple[int, ...]:
        value = self.raw(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(type(one) is int and one >= least for one in value):
            self.flaw(key, f"应为整数列表，每个不小于 {least}，例如 [3, 1]")
            return ()
        return tuple(value)

    def choice(self, key: str, kind: type[Choice], default: Choice | None = None) -> Choice:
        value = self._take(key, default)
        if isinstance(value, str) and value in set(kind):
            return kind(value)
        self.flaw(key, f"应为以下之一：{'、'.join(kind)}")
        return next(iter(kind))

    def day(self, key: str) -> date:
        return self._parsed(key, date.fromisoformat, date.min, "应为日期，例如 2027-01-01")

    def clock(self, key: str) -> time:
        return self._parsed(key, time.fromisoformat, time.min, "应为时刻，例如 08:30")

    def section(self, key: str) -> Section:
        return Section(self._take(key, None), self.file, (*self.path, key), self._flaws)

    def empty(self, key: str) -> Section:
        """In place of a part that may be left out: everything in it has its default."""
        self._read.add(key)
        return Section({}, self.file, (*self.path, key), self._flaws)

    def sections(self, key: str) -> list[Section]:
        """The mappings of a list."""
        value = self.raw(key)
        if value is None:
            return []
        if not isinstance(value, list):
            self.flaw(key, "应为列表，每项以「- 」开头")
            return []
        return [Section(one, self.file, (*self.path, key, n), self._flaws) for n, one in enumerate(value)]

    def named(self) -> list[tuple[str, Section]]:
        """The mappings within this one, with their names."""
        return [(name, self.section(name)) for name in self.values]

    def end(self) -> None:
        """Notes every key nobody asked for: most likely a slip of the pen."""
        for key in self.values:
            if key not in self._read:
                self.flaw(key, f"不认识的项目，这里可用：{'、'.join(sorted(self._read))}")

    def _take(self, key: str, default: object | None) -> object:
        value = self.raw(key)
        if value is not None:
            return value
        return _MISSING if default is None else default

    def _parsed(self, key: str, parse: Callable[[str], Parsed], stand_in: Parsed, what: str) -> Parsed:
        value = self.raw(key)
        try:
            return parse(value if isinstance(value, str) else "")
        except ValueError:
            self.flaw(key, what)
            return stand_in


def _example(like: str) -> str:
    return f"，例如「{like}」" if like else ""
