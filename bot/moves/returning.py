"""What happens to returns: asked for, handed in, sent back, reminded of. Shared by talk, clock and command line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from bot.documents import return_sheet
from bot.documents.sheets import Problem, SheetProblems
from bot.moves import file_checks
from bot.moves.kept import KeptFile
from bot.moves.work import CaseWork
from bot.platform import Paper
from bot.records import to_record
from bot.texts import returns as texts
from domain.errors import NotFound
from domain.people import Duty, Person, Post, Role
from domain.periods import Period
from domain.returns import (
    Campaign,
    DepartmentReturn,
    Filled,
    ReturnKind,
    reminder,
    wanted_now,
)
from domain.routing import on_duty
from storage.files import Attachment
from storage.outbox import NewMessage

SCANS = frozenset({"pdf", "jpg", "jpeg", "png", "tif", "tiff"})
FILE, STAMPED = "return", "return_stamp"  # what a file in the chat is for
_HEADS = (Role.DEPARTMENT_CHIEF, Role.DEPARTMENT_LEADER)


@dataclass(frozen=True)
class Asked:
    """A return with the campaign and the kind it belongs to."""

    one: DepartmentReturn
    campaign: Campaign
    kind: ReturnKind

    @property
    def subject(self) -> str:
        return f"return:{self.one.id}"


@dataclass
class Told:
    """What one run has to say, merged: each person hears of all of it in one message."""

    lines: dict[int, list[str]] = field(default_factory=dict)
    people: dict[int, Person] = field(default_factory=dict)
    papers: list[NewMessage] = field(default_factory=list)

    def to(self, person: Person, line: str) -> None:
        self.people[person.id] = person
        self.lines.setdefault(person.id, []).append(line)

    def rows(self, work: CaseWork) -> list[NewMessage]:
        said = [
            work.tell(self.people[id_], texts.notice(lines), f"returns:{work.today}")
            for id_, lines in self.lines.items()
        ]
        return [*said, *self.papers]


# ---------------------------------------------------------------- finding


def asked(work: CaseWork, return_id: int, *, lock: bool = False) -> Asked:
    found = work.tx.returns.get(return_id, lock=lock)
    kind = work.site.returns.kinds.get(found[1].kind) if found else None
    if found is None or kind is None or found[0].department not in work.site.departments:
        raise NotFound("return")
    return Asked(*found, kind)


def running(work: CaseWork) -> list[tuple[Campaign, ReturnKind, list[DepartmentReturn]]]:
    """Campaigns that are not complete, with everybody's returns; what the site no longer knows is left aside."""
    campaigns = [one for one in work.tx.returns.running() if one.kind in work.site.returns.kinds]
    returns = work.tx.returns.of([one.id for one in campaigns])
    known = work.site.departments
    return [
        (one, work.site.returns.kinds[one.kind], [r for r in returns[one.id] if r.department in known])
        for one in campaigns
    ]


def may_return(person: Person, found: Asked) -> bool:
    """Whoever holds the kind's role in that department, or heads it."""
    return found.one.department in person.departments(found.kind.role, *_HEADS)


def outstanding_of(work: CaseWork, person: Person) -> list[Asked]:
    """What this person still has to return."""
    found = [Asked(one, campaign, kind) for campaign, kind, all_of in running(work) for one in all_of]
    return [one for one in found if one.one.outstanding and may_return(person, one)]


def watchers(work: CaseWork) -> list[Person]:
    """Who sees that all of it comes in: the supervisors and the desk."""
    desk = work.tx.people.by_userid(work.site.triage_officer)
    people = [*work.tx.people.with_role(Role.SUPERVISOR), *([desk] if desk and desk.active else [])]
    return list({one.id: one for one in people}.values())


def responsible(work: CaseWork, kind: ReturnKind, department: str) -> Person | None:
    """The A post on duty, else B; else whoever holds the role; else the chief."""
    people = work.tx.people.of_department(department)
    held = on_duty(people, department, work.today, {}) if kind.role is Role.REPRESENTATIVE else None
    return held or _first(people, department, kind.role) or _first(people, department, Role.DEPARTMENT_CHIEF)


def _first(people: Sequence[Person], department: str, role: Role, post: Post | None = None) -> Person | None:
    def holds(duty: Duty) -> bool:
        return duty.role is role and duty.department == department and post in (None, duty.post)

    return next((one for one in people if any(map(holds, one.duties))), None)


# ---------------------------------------------------------------- asking


def open_campaign(work: CaseWork, kind: ReturnKind, period: Period, due: date, told: Told) -> Campaign | None:
    """Once for a kind and period; everybody asked learns by when and how."""
    departments = _asked_of(work, kind)
    campaign = work.tx.returns.open(kind.key, period, due, departments, work.now) if departments else None
    if campaign is None:
        return None
    work.audit(0, "return.open", f"campaign:{campaign.id}", {"kind": kind.key, "period": str(period.first)})
    for one in work.tx.returns.of([campaign.id])[campaign.id]:
        person = responsible(work, kind, one.department)
        if person is not None:
            told.to(person, texts.asked(one, campaign, kind, work.site, work.today))
            told.papers.append(paper(work, person, "return_form", one.id))
    return campaign


def _asked_of(work: CaseWork, kind: ReturnKind) -> list[str]:
    if kind.departments:
        return list(kind.departments)
    held = {key for one in work.tx.people.with_role(kind.role) for key in one.departments(kind.role)}
    return [key for key in work.site.departments if key in held]


def paper(work: CaseWork, person: Person, kind: str, key: int) -> NewMessage:
    made = to_record(Paper(kind, str(key)))
    return NewMessage("person", person.userid, made, f"{kind}:{key}", work.now, inbox_id=work.inbox_id)


# ---------------------------------------------------------------- by the clock


def look(work: CaseWork) -> list[NewMessage]:
    """Open what is to be asked for today, remind of what is missing; each once."""
    told = Told()
    rules = work.site.returns
    wanted = wanted_now(rules, work.calendar, work.today)
    for kind, period, due in wanted:
        open_campaign(work, kind, period, due, told)
    for campaign, kind, returns in running(work):
        stage = reminder(rules, work.calendar, campaign.due, work.today)
        asked_today = campaign.opened_at.astimezone(work.calendar.zone).date() == work.today
        if asked_today or not stage:
            continue
        missing = [one for one in returns if one.outstanding]
        for one in missing:
            if work.tx.runs.claim("return_reminder", f"return:{one.id}:{campaign.due}", stage, work.now):
                _remind(work, Asked(one, campaign, kind), told)
        if stage.startswith("over") and work.tx.runs.claim(
            "return_missing", f"campaign:{campaign.id}", "over", work.now
        ):
            for person in watchers(work):
                told.to(person, texts.missing(campaign, kind, returns, work.site, work.today))
    return told.rows(work)


def _remind(work: CaseWork, found: Asked, told: Told) -> None:
    """The person responsible; when it is late the B post, later the chief as well."""
    rules, one, kind = work.site.returns, found.one, found.kind
    late = work.calendar.working_days_between(found.campaign.due, work.today)
    line = texts.reminder(one, found.campaign, kind, work.site, late)
    people = work.tx.people.of_department(one.department)
    to = [responsible(work, kind, one.department)]
    to += [_first(people, one.department, kind.role, Post.B)] if late >= rules.b_post_after else []
    to += [_first(people, one.department, Role.DEPARTMENT_CHIEF)] if late >= rules.chief_after else []
    for person in {one.id: one for one in to if one}.values():
        told.to(person, line)


# ---------------------------------------------------------------- handing in


def report_nil(work: CaseWork, found: Asked, by: Person) -> list[NewMessage]:
    return _save(work, found, found.one.report_nil(by.id, work.now))


def hand_in(
    work: CaseWork, found: Asked, table: Filled, by: Person | None, at: datetime, file_id: int | None
) -> list[NewMessage]:  # fmt: skip
    return _save(work, found, found.one.hand_in(table, by.id if by else None, at, file_id))


def send_back(work: CaseWork, found: Asked, reason: str) -> list[NewMessage]:
    rows = _save(work, found, found.one.send_back(reason))
    person = responsible(work, found.kind, found.one.department)
    people = [person] if person else []
    if found.one.returned_by:
        people += work.tx.people.many([found.one.returned_by])
    text = texts.sent_back(found.one, found.campaign, found.kind, reason)
    return [*rows, *(work.tell(one, text, found.subject) for one in {p.id: p for p in people}.values())]


def receive(work: CaseWork, attachment: Attachment, file: KeptFile) -> list[NewMessage]:
    """A table that was fetched: taken over whole, or not at all and every mistake told."""
    person = work.tx.people.get(attachment.person_id)
    found = asked(work, attachment.target, lock=True)
    try:
        table = read_table(found, file.data)
    except SheetProblems as wrong:
        work.tx.files.settle(attachment.id, "refused", file.id)
        return [
            work.tell(
                person, texts.refused(found.one, list(map(str, wrong.problems))), found.subject, urgent=True
            )
        ]
    work.tx.files.settle(attachment.id, "kept", file.id)
    rows = hand_in(work, found, table, person, attachment.at, file.id)
    text = texts.taken(found.one, found.campaign, found.kind, len(table.rows))
    return [work.tell(person, text, found.subject, urgent=True), *rows]


def read_table(found: Asked, data: bytes) -> Filled:
    """Raises SheetProblems, also for a table made for another return."""
    made_for = return_sheet.number_in(data)
    if made_for is not None and made_for != found.one.id:
        raise SheetProblems([Problem(found.kind.sheet, None, "", texts.other_table(made_for))])
    return return_sheet.read(data, found.kind)


def receive_stamped(work: CaseWork, attachment: Attachment, file: KeptFile) -> list[NewMessage]:
    """The scanned copy with the seal (R044)."""
    found = asked(work, attachment.target, lock=True)
    ending = file_checks.ending_of(file.name)
    wrong = file_checks.problem(file.name, file.data, work.site.progress)
    if ending not in SCANS or wrong:
        work.tx.files.settle(attachment.id, "refused", file.id)
        person = work.tx.people.get(attachment.person_id)
        return [work.tell(person, wrong or texts.NOT_A_SCAN, found.subject, urgent=True)]
    work.tx.files.settle(attachment.id, "kept", file.id)
    work.tx.returns.save(replace(found.one, stamped_id=file.id))
    work.audit(0, "return.stamped", found.subject)
    return []


def _save(work: CaseWork, found: Asked, new: DepartmentReturn) -> list[NewMessage]:
    work.tx.returns.save(new)
    work.audit(0, f"return.{new.state}", found.subject, {"department": new.department})
    if new.outstanding or any(
        one.outstanding for one in work.tx.returns.of([found.campaign.id])[found.campaign.id]
    ):
        return []
    if not work.tx.runs.claim("return_complete", f"campaign:{found.campaign.id}", "all", work.now):
        return []
    text = texts.complete(found.campaign, found.kind)
    return [work.tell(person, text, f"campaign:{found.campaign.id}") for person in watchers(work)]
