"""Putting a site's facts and its sample data into the database."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.documents.template_library import read_templates
from bot.platform import Say
from bot.records import to_record
from bot.siteconfig import calendar_of, load_yaml, read_site_document
from bot.texts import catalogue_changes as catalogue_texts
from domain.case import Case, CaseStatus, Scope, ServiceLevel
from domain.catalogue_changes import changes
from domain.deliveries import Delivery, DeliveryMode, DeliveryState, Thing
from domain.escalation import Rules, keep_going, plan
from domain.issues import Category, Issue, IssueStatus
from domain.items import ENDED, ItemEvent, ItemState
from domain.materials import Material, MaterialState
from domain.people import Duty, Post, Role
from domain.project import ProjectType
from domain.service_limits import IssueKind
from domain.site import Site, SiteProblems
from storage.outbox import NewMessage
from storage.store import Store, Transaction

Data = Mapping[str, Any]


def load_site(store: Store, folder: Path, now: datetime) -> int:
    """Validate all, then keep all as a new version; returns it. Raises SiteProblems and changes nothing."""
    document = read_site_document(folder)
    templates = read_templates(folder, Site.from_document(document))
    if templates:
        document["templates"] = templates
    site = Site.from_document(document)
    with store.transaction() as tx:
        before = tx.sites.newest()
        version = keep_site(tx, document, site, now)
        if before:
            _tell_of_changes(tx, before[1], site, version, now)
        return version


def _tell_of_changes(tx: Transaction, before: Data, site: Site, version: int, now: datetime) -> None:
    """R075: kept for everybody to read; the officers of open projects are told once what concerns them."""
    try:
        old = Site.from_document(before)
    except SiteProblems:
        return  # kept by a version that read it otherwise: nothing can be compared
    found = changes(old.catalogue, site.catalogue)
    tx.sites.add_changes(version, found, now)
    held: dict[int, dict[int, set[str]]] = {}  # officer -> project -> items
    concerned = tx.cases.departments_items([one.item_id for one in found]) if found else []
    projects = tx.projects.many({project_id for project_id, _ in concerned})
    for project_id, item in concerned:
        if item.state not in ENDED:
            officer = projects[project_id].officer_id
            held.setdefault(officer, {}).setdefault(project_id, set()).add(item.item_id)
    for officer, own in held.items():
        text = catalogue_texts.concerns_you([(projects[one], items) for one, items in own.items()], found)
        once = f"catalogue:{version}:{officer}"
        said = to_record(Say(text, markdown=True))
        tx.outbox.add([NewMessage("person", tx.people.get(officer).userid, said, once, now, once)], now)


def keep_site(tx: Transaction, document: Data, site: Site, now: datetime) -> int:
    return tx.sites.add(
        document,
        department_rows=[(d.key, d.name, d.utility) for d in site.departments.values()],
        item_rows=[(i.id, i.name, i.lead) for i in site.catalogue.items.values()],
        at=now,
    )


def load_sample(store: Store, path: Path, now: datetime, zone: ZoneInfo) -> bool:
    """False when there are projects already: sample data never mixes with a site's own."""
    data = load_yaml(path)
    with store.transaction() as tx:
        if tx.projects.any():
            return False
        found = tx.sites.newest()
        if found is None:
            raise LookupError("no site")
        _Sample(
            tx, Site.from_document(found[1]), now, zone, date.fromisoformat(str(data["sample_day"]))
        ).load(data)
        return True


class _Sample:
    """Days are relative to the sample's day; instants are the office's."""

    def __init__(self, tx: Transaction, site: Site, now: datetime, zone: ZoneInfo, day: date) -> None:
        self._tx, self._site, self._now, self._zone, self._day = tx, site, now, zone, day
        self._people: dict[str, int] = {}
        self._enterprises: dict[str, int] = {}

    def load(self, data: Data) -> None:
        for person in data["people"]:
            duties = tuple(
                Duty(
                    Role(d["role"]), d.get("department"), Post(d.get("post", "A")), tuple(d.get("topics", ()))
                )
                for d in person["duties"]
            )
            self._people[person["userid"]] = self._tx.people.save(
                person["userid"], person["name"], person["phone"], duties
            )
        for one in data["enterprises"]:
            self._enterprises[one["key"]] = self._tx.projects.add_enterprise(
                one["name"], one["credit_code"], one["address"]
            )
        for project in data["projects"]:
            self._project(project)

    def _project(self, data: Data) -> None:
        project_id = self._tx.projects.add(
            code=data["code"],
            name=data["name"],
            type=ProjectType(data["type"]),
            enterprise_id=self._enterprises[data["enterprise"]],
            officer_id=self._people[data["officer"]],
            deputy_id=self._people[data["deputy"]] if data.get("deputy") else None,
            national_code=data.get("national_code") or "",
            facts={k: str(v) for k, v in data["facts"].items()} | {"short_name": data["short_name"]},
        )
        self._tx.people.tie(project_id, self._people[data["contact"]], Role.ENTERPRISE_CONTACT)
        self._tx.people.tie(project_id, self._people[data["signatory"]], Role.ENTERPRISE_SIGNATORY)
        group = data.get("group")
        if group:
            self._tx.groups.add(
                project_id,
                group["name"],
                since=self._now,
                appchat=group.get("appchat"),
                bot_chat=group.get("bot_chat"),
                owner=group["owner"],
                members=tuple(group["members"]),
            )
        case_id = self._case(project_id, data["case"])
        for issue in data.get("issues", ()):
            self._issue(project_id, case_id, issue)

    def _case(self, project_id: int, data: Data) -> int:
        accepted = data.get("accepted")
        self._tx.sites.next_number(f"case:{self._day.year}")  # the sample's own numbers are used up
        case_id = self._tx.cases.add(
            Case(
                id=0,
                no=data["no"],
                project_id=project_id,
                level=ServiceLevel(data["level"]),
                scope=Scope(data["scope"]),
                status=CaseStatus(data["status"]),
                accepted_on=self._on(accepted["day"]) if accepted else None,
                stages=tuple(data.get("scope_stages", ())),
            )
        )
        for position, item in enumerate(data["items"], 1):
            self._item(case_id, position, item)
        return case_id

    def _item(self, case_id: int, position: int, data: Data) -> None:
        events = [
            ItemEvent(
                ItemState(e["state"]), self._on(e["day"]), self._name(e.get("by", "")), e.get("note", "")
            )
            for e in data.get("events", ())
        ]
        item_id = self._tx.cases.add_item(
            case_id,
            data["item"],
            position,
            events,
            planned=(self._maybe(data.get("planned_submit")), self._maybe(data.get("planned_done"))),
            result_no=data.get("result_no", ""),
        )
        if "handed_over" in data:
            self._handed_over(case_id, item_id, data)
        given = {m["name"]: m for m in data.get("materials", ())}
        self._tx.materials.add(
            [
                Material(
                    0,
                    item_id,
                    spec.name,
                    spec.required,
                    spec.form,
                    MaterialState(given.get(spec.name, {}).get("state", "missing")),
                    given.get(spec.name, {}).get("reason", ""),
                    self._maybe(given.get(spec.name, {}).get("until")),
                )
                for spec in self._site.catalogue.items[data["item"]].materials
            ]
        )

    def _handed_over(self, case_id: int, item_id: int, data: Data) -> None:
        given = data["handed_over"]
        on = self._on(given["day"])
        thing = Thing(
            self._site.catalogue.items[data["item"]].spoken, data["result_no"], case_item_id=item_id
        )
        self._tx.deliveries.add(
            Delivery(
                0,
                case_id,
                DeliveryMode.FACE,
                (thing,),
                self._people[given["by"]],
                self._now,
                state=DeliveryState.RECEIVED,
                sent_on=on,
                received_on=on,
                received_by=given["received_by"],
            )
        )

    def _issue(self, project_id: int, case_id: int, data: Data) -> None:
        raised = self._at(data["raised"])
        calendar = calendar_of(self._site, self._zone)
        deadlines = self._site.deadlines
        planned = plan(deadlines.issues[IssueKind.PROBLEM], deadlines, calendar, raised)
        status = IssueStatus(data["status"])
        answered = data.get("answered")
        issue = Issue(
            no=self._tx.sites.next_number("issue"),
            project_id=project_id,
            case_id=case_id,
            category=Category(data["category"]),
            description=data["description"],
            raised_by=self._people[data["raised"]["by"]],
            raised_at=raised,
            item_id=data.get("item"),
            wish=data.get("wish", ""),
            status=status,
            department=data["department"],
            representative_id=self._people[data["representative"]],
            why=data["why"],
            respond_by=planned.respond_by,
            answer_by=planned.answer_by,
            rule_version=self._tx.sites.newest_version(),
            # What lay before the sample's own day has been told already.
            steps=tuple(s for s in planned.steps if s.at > self._now and s.about == "answer")
            if status is IssueStatus.ACCEPTED
            else (),
            answer=data.get("answer", ""),
            answered_by=self._people[answered["by"]] if answered else None,
            kind=IssueKind.PROBLEM,
            clock_from=raised,
        )
        keep_going(issue, Rules(deadlines, calendar, calendar), self._now)
        self._tx.issues.add(issue)

    def _on(self, days: int) -> date:
        return self._day + timedelta(days=days)

    def _maybe(self, days: int | None) -> date | None:
        return None if days is None else self._on(days)

    def _at(self, data: Data) -> datetime:
        return datetime.combine(self._on(data["day"]), time.fromisoformat(str(data["at"])), self._zone)

    def _name(self, userid: str) -> str:
        found = self._tx.people.by_userid(userid) if userid else None
        return found.name if found else ""
