"""A site's own facts as typed values: names, roles, departments, forms, words, calendar, catalogue."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from domain.alarms import Alarms, read_alarms
from domain.calendar import OfficeSpan
from domain.catalogue import Catalogue, read_catalogue
from domain.clock_rules import ClockRules, read_clock
from domain.completion_rules import CompletionRules, read_completion
from domain.configuration import Flaw, Section, SiteProblems
from domain.departments import Department, read_departments, read_spans
from domain.forms import FieldSpec, FieldType, FormSpec, read_forms
from domain.identifiers import is_userid
from domain.intake import Intake, read_intake
from domain.knowledge import Library, Note, entries_of, read_notes
from domain.ladders import EscalationLevel
from domain.page_rules import PageRules, read_pages
from domain.people import Role
from domain.plan_rules import PlanRules, read_plan
from domain.progress_rules import ProgressRules, read_progress
from domain.retention import Retention, read_retention
from domain.returns import ReturnRules, check_departments, read_returns
from domain.routing_rules import RoutingRules, read_routing
from domain.rungs import RungRules, read_rungs
from domain.service_limits import (
    Deadlines,
    ExtensionRule,
    IssueKind,
    IssueLimit,
    LampRule,
    read_deadlines,
)
from domain.ticket_columns import TicketColumns, read_ticket_columns

__all__ = [
    "FILES",
    "AmbiguousWord",
    "CalendarData",
    "Deadlines",
    "Department",
    "EscalationLevel",
    "ExtensionRule",
    "FieldSpec",
    "FieldType",
    "FormSpec",
    "Hall",
    "IssueKind",
    "IssueLimit",
    "LampRule",
    "Reading",
    "RoleTitles",
    "Site",
    "SiteProblems",
]

# The document has a key for each of the office's files.
FILES = (
    "site", "departments", "catalogue", "calendar", "deadlines", "forms", "words", "retention", "completion", "plan",
    "progress", "intake", "routing", "rungs", "tickets", "pages", "clock", "returns",
)  # fmt: skip
# Came later: a document that was kept before them reads with their defaults.
LATER_FILES = frozenset(FILES[7:])


class NoSite(Exception):
    """Nothing was loaded yet: `./daiban load-config config` is missing."""


@dataclass(frozen=True)
class Hall:
    """The service hall, as people are told of it."""

    name: str
    phone: str
    address: str
    hours: str


@dataclass(frozen=True)
class RoleTitles:
    """What this site calls the neutral roles."""

    titles: Mapping[Role, str]

    def of(self, role: Role) -> str:
        return self.titles[role]


@dataclass(frozen=True)
class Reading:
    label: str
    items: tuple[str, ...] = ()
    department: str = ""


@dataclass(frozen=True)
class AmbiguousWord:
    """A word that must be asked back; `several` when all of its readings may hold at once."""

    word: str
    also: tuple[str, ...]
    readings: tuple[Reading, ...]
    question: str
    several: bool = False


@dataclass(frozen=True)
class CalendarData:
    """What the office adds to the official calendar."""

    spans: tuple[OfficeSpan, ...]
    holidays: frozenset[date]
    make_up_days: frozenset[date]
    covered_years: frozenset[int]


@dataclass(frozen=True)
class Site:
    """`templates`: the site's own papers by form key; where it has none, the shipped one is taken."""

    version: str
    name: str
    code: str
    hall: Hall
    caveat: str
    policy_footer: str
    intermediary_note: str
    titles: RoleTitles
    group_name_rule: str
    triage_officer: str
    administrators: tuple[str, ...]
    departments: Mapping[str, Department]
    deadlines: Deadlines
    completion: CompletionRules
    forms: Mapping[str, FormSpec]
    ambiguous: Mapping[str, AmbiguousWord]
    synonyms: Mapping[str, str]
    typos: Mapping[str, str]
    calendar: CalendarData
    catalogue: Catalogue
    retention: Retention
    intake: Intake
    routing: RoutingRules
    templates: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    plan: PlanRules = field(default_factory=PlanRules)
    progress: ProgressRules = field(default_factory=ProgressRules)
    rungs: RungRules = field(default_factory=RungRules)
    tickets: TicketColumns = field(default_factory=TicketColumns)
    pages: PageRules = field(default_factory=PageRules)
    clock: ClockRules = field(default_factory=ClockRules)
    returns: ReturnRules = field(default_factory=ReturnRules)
    notes: tuple[Note, ...] = ()
    alarms: Alarms = field(default_factory=Alarms)

    @cached_property
    def library(self) -> Library:
        return Library.of((*self.notes, *entries_of(self.plan.knowledge)))

    @classmethod
    def from_document(cls, doc: Mapping[str, object]) -> Site:
        """Raises SiteProblems with everything that is wrong."""
        return read_site(doc)

    def group_name(self, project: str) -> str:
        return self.group_name_rule.replace("{project}", project)

    def form_number(self, form: str, year: int, running: int) -> str:
        """`<site>-<kind>-<year>-<4 digits>`."""
        return f"{self.code}-{self.forms[form].number_kind}-{year}-{running:04d}"

    def department_called(self, text: str) -> Department | None:
        """By key, name, everyday name or alias, exactly."""
        for one in self.departments.values():
            if text in (one.key, one.name, one.short, *one.aliases):
                return one
        return None


def read_site(doc: Mapping[str, object]) -> Site:
    flaws: list[Flaw] = []
    parts = _parts(doc, flaws)
    head, words = parts["site"], parts["words"]
    site = Site(
        version=head.text("version", like="2026-11"),
        name=head.text("name", like="云溪县"),
        code=head.text("code", like="YX"),
        hall=_hall(head.section("hall")),
        caveat=head.text("caveat", like="以广东政务服务网办事指南为准"),
        policy_footer=head.text("policy_footer", like="仅作为咨询服务意见"),
        intermediary_note=head.text("intermediary_note", like="请在网上中介服务超市自主选择"),
        titles=_titles(head.section("roles")),
        group_name_rule=head.text("group_name", like="{project}项目帮办群"),
        triage_officer=head.text("triage_officer", like="li.na"),
        administrators=head.texts("administrators", required=True),
        departments=read_departments(parts["departments"]),
        deadlines=read_deadlines(parts["deadlines"]),
        forms=read_forms(parts["forms"]),
        ambiguous={one.word: one for one in map(_ambiguous, words.sections("ambiguous"))},
        synonyms=_table(words, "synonyms"),
        typos=_table(words, "typos"),
        calendar=_calendar(parts["calendar"]),
        catalogue=read_catalogue(parts["catalogue"]),
        completion=read_completion(parts["completion"]),
        retention=read_retention(parts["retention"]),
        intake=read_intake(parts["intake"]),
        routing=read_routing(parts["routing"]),
        templates=_templates(doc.get("templates"), flaws),
    )
    notes = read_notes(doc.get("knowledge"), site.catalogue.items, flaws)
    site = replace(_with_later(parts, site), notes=notes)
    _check(parts, site)
    if flaws:
        raise SiteProblems(flaws)
    return site


def _with_later(parts: Mapping[str, Section], site: Site) -> Site:
    """What came last: each reads with its defaults where an older document has none."""
    return replace(
        site,
        plan=read_plan(parts["plan"], site.forms, site.catalogue),
        progress=read_progress(parts["progress"]),
        rungs=read_rungs(parts["rungs"]),
        pages=read_pages(parts["pages"]),
        clock=read_clock(parts["clock"]),
        alarms=read_alarms(parts["words"]),
        returns=read_returns(parts["returns"]),
        tickets=read_ticket_columns(parts["tickets"]),
    )


def _check(parts: Mapping[str, Section], site: Site) -> None:
    for name in ("site", "words"):
        parts[name].end()
    _check_head(parts["site"], site)
    _check_references(parts, site)


def _parts(doc: Mapping[str, object], flaws: list[Flaw]) -> dict[str, Section]:
    known = {name: doc.get(name, {} if name in LATER_FILES else None) for name in FILES}
    return {name: Section(value, f"{name}.yaml", (), flaws) for name, value in known.items()}


def _templates(document: object, flaws: list[Flaw]) -> Mapping[str, bytes]:
    """Base64, by form key; written by load-config."""
    named = document if isinstance(document, Mapping) else {}
    try:
        return {str(key): base64.b64decode(str(data), validate=True) for key, data in named.items()}
    except binascii.Error:
        flaws.append(Flaw("forms", (), "保存的文书模板已损坏，请重新装入配置"))
        return {}


def _hall(section: Section) -> Hall:
    hall = Hall(*(section.text(key) for key in ("name", "phone", "address", "hours")))
    section.end()
    return hall


def _titles(section: Section) -> RoleTitles:
    titles = RoleTitles({role: section.text(role, like="首席服务专员") for role in Role})
    section.end()
    return titles


def _calendar(document: Section) -> CalendarData:
    data = CalendarData(
        read_spans(document),
        _days(document, "holidays"),
        _days(document, "make_up_days"),
        frozenset(document.integers("covered_years", least=2004)),
    )
    for day in sorted(data.holidays & data.make_up_days):
        document.flaw("make_up_days", f"{day} 同时写成放假和上班")
    document.end()
    return data


def _days(document: Section, key: str) -> frozenset[date]:
    days = set()
    for written in document.texts(key):
        try:
            days.add(date.fromisoformat(written))
        except ValueError:
            document.flaw(key, "应为日期，例如 2027-01-01")
    return frozenset(days)


def _ambiguous(section: Section) -> AmbiguousWord:
    readings = tuple(_reading(one) for one in section.sections("readings"))
    word = AmbiguousWord(
        section.text("word", like="规划证"),
        section.texts("also"),
        readings,
        section.text("question", like="用地的还是工程的？"),
        section.flag("several", default=False),
    )
    if len(readings) < 2:
        section.flaw("readings", "至少要有两种含义")
    section.end()
    return word


def _reading(section: Section) -> Reading:
    reading = Reading(
        section.text("label", like="建设用地规划许可证"),
        section.texts("items"),
        section.text("department", default=""),
    )
    section.end()
    return reading


def _table(words: Section, key: str) -> Mapping[str, str]:
    table = words.section(key)
    return {word: table.text(word) for word in table.values}


def _check_head(head: Section, site: Site) -> None:
    head.end()
    if not (site.code.isascii() and site.code.isupper() and site.code.isalpha()):
        head.flaw("code", "应为大写字母，例如 YX")
    if "{project}" not in site.group_name_rule:
        head.flaw("group_name", "应含 {project}，例如「{project}项目帮办群」")
    for key, people in (("triage_officer", (site.triage_officer,)), ("administrators", site.administrators)):
        if not all(map(is_userid, people)):
            head.flaw(key, "应为企业微信账号：字母或数字开头，1-64 位，例如 li.na")


def _check_references(parts: Mapping[str, Section], site: Site) -> None:
    """What one file says of another."""
    for item in site.catalogue.items.values():
        for department in item.departments:
            if department not in site.departments:
                what = f"{item.id} 的部门 {department} 不在 departments.yaml 中，应为其中的键，例如 zjj"
                parts["catalogue"].flaw("items", what)
    _check_intake(parts["intake"], site)
    _check_routing(parts["routing"], site)
    check_departments(parts["returns"], site.returns, site.departments)
    for word in site.ambiguous.values():
        for reading in word.readings:
            unknown = [one for one in reading.items if one not in site.catalogue.items]
            if reading.department and reading.department not in site.departments:
                unknown.append(reading.department)
            if unknown:
                what = f"「{word.word}」指向不存在的事项或部门：{'、'.join(unknown)}"
                parts["words"].flaw("ambiguous", what)


def _check_intake(section: Section, site: Site) -> None:
    for key in site.intake.opened_by:
        if key not in site.departments:
            section.flaw("opened_by", f"{key} 不在 departments.yaml 中，应为其中的键，例如 fgw")
    asked = {field.key for field in site.forms["F1"].fields} if "F1" in site.forms else set()
    for key in site.intake.may_follow:
        if key not in asked:
            section.flaw("may_follow", f"{key} 不是申请表（F1）的栏目，键见 forms.yaml")
    reasons = (
        next((f.options for f in site.forms["F15"].fields if f.key == "reason"), ())
        if "F15" in site.forms
        else ()
    )
    for one in site.intake.refusals:
        if reasons and one.reason not in reasons:
            section.flaw("refusals", f"「{one.reason}」不在不予受理告知书（F15）的理由里")


def _check_routing(document: Section, site: Site) -> None:
    for rule in site.routing.rules:
        unknown = [one for one in rule.departments if one not in site.departments]
        unknown += [one for one in rule.items if one not in site.catalogue.items]
        if unknown:
            document.flaw("rules", f"规则「{rule.name}」指向不存在的部门或事项：{'、'.join(unknown)}")
