"""The departments of a site and the hours offices are open, as they are written in its files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from domain.calendar import OFFICE_SPANS, OfficeSpan
from domain.configuration import Section


@dataclass(frozen=True)
class Department:
    """`short` is its everyday name; `topics`: words of problems that go there; `watch_out`: for officers."""

    key: str
    name: str
    short: str
    aliases: tuple[str, ...]
    topics: tuple[str, ...]
    utility: bool
    watch_out: str
    spans: tuple[OfficeSpan, ...] = ()  # its own office hours; none: the site's


def read_departments(document: Section) -> Mapping[str, Department]:
    departments = {key: _department(key, one) for key, one in document.section("departments").named()}
    document.end()
    owner: dict[str, str] = {}
    for one in departments.values():
        for name in dict.fromkeys((one.name, one.short, *one.aliases)):
            other = owner.setdefault(name, one.key)
            if other != one.key:
                document.flaw(
                    "departments", f"「{name}」同时是 {other} 和 {one.key} 的叫法，只能属于一个部门"
                )
    return departments


def _department(key: str, section: Section) -> Department:
    department = Department(
        key,
        section.text("name", like="住房和城乡建设局"),
        section.text("short", like="住建局"),
        section.texts("aliases"),
        section.texts("topics"),
        section.flag("utility", default=False),
        section.text("watch_out", default=""),
        read_spans(section) if section.has("hours") else (),
    )
    section.end()
    return department


def read_spans(document: Section) -> tuple[OfficeSpan, ...]:
    """A day of two spans, or of as many as are written."""
    spans = []
    for one in document.sections("hours"):
        spans.append(OfficeSpan(one.clock("opens"), one.clock("closes")))
        one.end()
    moments = [moment for span in spans for moment in (span.opens, span.closes)]
    if not moments or moments != sorted(set(moments)):
        document.flaw("hours", "办公时段应由早到晚、互不重叠，例如 opens: 08:30 closes: 12:00")
        return OFFICE_SPANS
    return tuple(spans)
