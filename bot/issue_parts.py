"""协办: departments that handle a problem beside the lead (R016) – asked, reminded, answered; the officer sees every
part before anything is released."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.issue_work import IssueWork
from bot.notices import part_subject, subject_of
from bot.texts import routing as words
from domain import routing
from domain.errors import InvalidAnswer
from domain.escalation import MORNING
from domain.issue_parts import Part, PartStatus
from domain.issue_turns import Turn, TurnKind
from domain.issues import Issue, IssueStatus
from domain.people import Person, Role
from domain.project import Project
from storage.outbox import NewMessage

_AT_LEAST = timedelta(hours=2)  # between the reminder and the deadline


class IssueParts(IssueWork):
    @property
    def today(self) -> date:
        return self.now.astimezone(self.calendar.zone).date()

    def part_of(self, issue: Issue, person: Person) -> Part | None:
        """The part this person may act on. Whoever acts for the lead department acts as the lead."""
        own = person.departments(Role.REPRESENTATIVE, Role.DEPARTMENT_CHIEF)
        if issue.representative_id == person.id or issue.department in own:
            return None
        return next((part for part in self.tx.parts.of(issue.no) if part.department in own), None)

    def ask_helpers(self, issue: Issue, project: Project, helpers: Sequence[str]) -> list[NewMessage]:
        """Each gets a card and a clock; where nobody is on duty the officer is told."""
        old = self.notices.settle_cards(issue, project, "已改派", subject=part_subject(issue))
        self.tx.parts.clear(issue.no)
        kept = {part.department for part in self.tx.parts.of(issue.no)}
        rows, unmanned = list(old), []
        for department in helpers:
            if department in kept or department == issue.department:
                continue
            person = self.on_duty(department, issue)
            self.tx.parts.add(self._new(issue, department, person))
            if person is None:
                unmanned.append(self.site.departments[department].short)
                continue
            lead = self.site.departments[issue.department or department].short
            rows += self.notices.to_helper(issue, project, person, lead)
        if unmanned:
            officer = self.notices.desk_of(issue, project)
            text = words.nobody_helps(issue, unmanned)
            rows.append(self.notices.say_to(officer, text, subject_of(issue)))
        return rows

    def take_part(self, issue: Issue, part: Part, by: Person) -> Part:
        self._must_be_under_way(issue)
        taken = part.taken(by.id)
        self._keep(issue, taken, "issue.part_take")
        return taken

    def reply_part(
        self, issue: Issue, project: Project, part: Part, by: Person, text: str
    ) -> list[NewMessage]:
        """For the officer, beside the lead's answer."""
        self._must_be_under_way(issue)
        answered = part.answered(text, by.id)
        self._keep(issue, answered, "issue.part_answer")
        told = self.notices.settle_cards(issue, project, "已答复", subject=part_subject(issue), of=by.id)
        officer = self.notices.desk_of(issue, project)
        state = words.helping([words.parts_line(self.tx.parts.of(issue.no), self.site)])
        text = f"{words.part_said(issue, answered, self.site)}\n{state}"
        return [*told, self.notices.say_to(officer, text, subject_of(issue))]

    def part_not_ours(
        self, issue: Issue, project: Project, part: Part, by: Person, reason: str
    ) -> list[NewMessage]:
        self._must_be_under_way(issue)
        if not reason:
            raise InvalidAnswer(f"请写明不属本部门的原因，例如：不属本部门 {issue.no} 属供电局外线工程。")
        self._keep(issue, part.not_ours(), "issue.part_not_ours")
        turn = Turn(self.now, TurnKind.NOT_OUR_PART, by.id, part.department, None, reason)
        self.tx.turns.add(issue.no, turn)
        told = self.notices.settle_cards(issue, project, "已退回专员", subject=part_subject(issue), of=by.id)
        department = self.site.departments[part.department].short
        text = words.part_not_ours(issue, department, by.name, reason)
        officer = self.notices.desk_of(issue, project)
        return [*told, self.notices.say_to(officer, text, subject_of(issue))]

    def remind_of_part(self, issue: Issue, project: Project, part: Part) -> list[NewMessage]:
        """What the clock says: once to the helper, once – when it is late – to the officer."""
        self.tx.parts.save(part.told_late())
        if not part.is_open or not issue.is_open or issue.status is IssueStatus.RELEASED:
            return []
        holder = self.tx.people.get(part.representative_id) if part.representative_id else None
        zone, once = self.calendar.zone, f"part:{issue.no}:{part.department}:{part.next_at}"
        if part.answer_by and part.answer_by <= self.now:
            officer = self.notices.desk_of(issue, project)
            text = words.part_late(issue, part, self.site, holder.name if holder else "", zone)
            return [self.notices.say_to(officer, text, subject_of(issue), once=once)]
        text = words.part_reminder(issue, part, zone)
        return [self.notices.say_to(holder, text, subject_of(issue), once=once)] if holder else []

    def has_helpers(self, issue: Issue) -> bool:
        return any(part.department != issue.department for part in self.tx.parts.of(issue.no))

    def follow(self, issue: Issue) -> list[NewMessage]:
        """The lead's date was moved: whoever helps has as long, and is told."""
        told = []
        for part in self.tx.parts.of(issue.no):
            if not part.is_open or not issue.answer_by or part.answer_by == issue.answer_by:
                continue
            self.tx.parts.save(
                replace(part, answer_by=issue.answer_by, next_at=self._reminder(issue.answer_by))
            )
            if part.representative_id:
                text = words.part_moved(issue, self.notices.when(issue.answer_by))
                helper = self.tx.people.get(part.representative_id)
                told.append(self.notices.say_to(helper, text, subject_of(issue)))
        return told

    def on_duty(self, department: str, issue: Issue) -> Person | None:
        people, load = self.tx.people.of_department(department), self.tx.issues.load(department)
        return routing.on_duty(people, department, self.today, load, but=issue.about_person)

    # ------------------------------------------------------------ inside

    def _new(self, issue: Issue, department: str, person: Person | None) -> Part:
        """As long as the lead has; the reminder comes on the last working day before."""
        status = PartStatus.ASKED if person else PartStatus.UNMANNED
        next_at = self._reminder(issue.answer_by) if person and issue.answer_by else None
        holder = person.id if person else None
        return Part(0, issue.no, department, holder, status, issue.respond_by, issue.answer_by, next_at)

    def _reminder(self, answer_by: datetime) -> datetime:
        last = answer_by.astimezone(self.calendar.zone).date()
        before = self.calendar.opening(self.calendar.add_working_days(last, -1)) + MORNING
        return before if before > self.now else answer_by - _AT_LEAST

    def _must_be_under_way(self, issue: Issue) -> None:
        if not issue.is_open or issue.status is IssueStatus.RELEASED:
            raise InvalidAnswer(f"问题{issue.no}已答复项目单位，协办意见不再需要，感谢支持。")

    def _keep(self, issue: Issue, part: Part, action: str) -> None:
        self.tx.parts.save(part)
        details = {"department": part.department, "status": part.status}
        self.tx.audit.add(issue.project_id, self.now, self.actor, action, subject_of(issue), details)
