"""The moves of an issue that talk, card, page and clock share: change it, leave an audit row, say who is told.

Every function checks first and changes then; the caller holds the issue's row locked.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.notices import SECOND_THOUGHTS, Notices, release_subject, subject_of
from bot.texts import clocks
from bot.texts import issues as words
from domain import routing
from domain.calendar import WorkCalendar
from domain.errors import InvalidAnswer, NotFound
from domain.escalation import Rules, keep_going, plan_for
from domain.issues import Category, Issue, IssueStatus
from domain.people import Person
from domain.project import Project
from domain.site import Site
from storage.outbox import NewMessage
from storage.store import Transaction


@dataclass(frozen=True)
class IssueWork:
    tx: Transaction
    site: Site
    calendar: WorkCalendar
    now: datetime
    actor: str
    inbox_id: int | None = None

    @property
    def notices(self) -> Notices:
        return Notices(self.tx, self.site, self.calendar, self.now, self.inbox_id)

    # ------------------------------------------------------------ finding

    def locked(self, no: int | None) -> tuple[Issue, Project]:
        issue = self.tx.issues.get(no, lock=True) if no is not None else None
        if issue is None:
            raise NotFound("issue", str(no) if no is not None else "")
        return issue, self.tx.projects.get(issue.project_id)

    # ------------------------------------------------------------ moves

    def route(self, issue: Issue, project: Project) -> list[NewMessage]:
        """First routing, by item, named department and words."""
        if issue.status is not IssueStatus.NEW:
            return []
        routed = self._routed(issue)
        if routed.person is None or routed.department is None:
            issue.to_triage(routed.why)
            self.save(issue, "issue.triage")
            return [self.notices.to_desk(issue, project)]
        return self._assign(issue, project, routed.department, routed.person, routed.why)

    def transfer(self, issue: Issue, project: Project, department: str, reason: str) -> list[NewMessage]:
        if not reason:
            raise InvalidAnswer(f"转办请写明原因，例如：转办 {issue.no} 住建局 属施工许可范围。")
        day = self.now.astimezone(self.calendar.zone).date()
        person = routing.on_duty(
            self.tx.people.of_department(department), department, day, self.tx.issues.load(department)
        )
        if person is None:
            name = self.site.departments[department].name
            raise InvalidAnswer(f"{name}今天没有在岗代表，请联系该部门补登记，或换一个部门。")
        issue.must_be_assignable()  # before the cards of the old holder are settled
        told = self.notices.settle_cards(issue, project, "已转办")
        return [*told, *self._assign(issue, project, department, person, f"转办：{reason}", reason)]

    def to_desk(self, issue: Issue, project: Project, why: str) -> list[NewMessage]:
        """Nobody holds it any more: the officer finds somebody."""
        told = self.notices.settle_cards(issue, project, "已交服务专员")
        issue.to_triage(why)
        self.save(issue, "issue.triage")
        return [*told, self.notices.to_desk(issue, project)]

    def not_ours(self, issue: Issue, project: Project, reason: str) -> list[NewMessage]:
        if not reason:
            raise InvalidAnswer(f"请写明不属本部门的原因，例如：不属本部门 {issue.no} 属供电局外线工程。")
        name = self.site.departments[issue.department].short if issue.department else ""
        issue.to_triage(f"{name}认为不属本部门：{reason}")
        self.save(issue, "issue.not_ours")
        told = self.notices.settle_cards(issue, project, "已交服务专员")
        return [*told, self.notices.to_desk(issue, project)]

    def accept(self, issue: Issue, project: Project, by: Person, but: str | None = None) -> list[NewMessage]:
        """By the holder, or a colleague of the department who thereby becomes the holder (AB 岗)."""
        if by.id != issue.representative_id and issue.department not in by.departments():
            raise InvalidAnswer(
                f"问题{issue.no}由部门代表接办。您可以发送“回复 {issue.no} 答复内容”直接答复，或“转办 {issue.no} 部门 原因”分派。"
            )
        if by.id == issue.relieved_id and issue.representative_id:
            raise InvalidAnswer(clocks.relieved(issue, self.tx.people.get(issue.representative_id).name))
        issue.accept()
        told = []
        if by.id != issue.representative_id:
            issue.representative_id = by.id
            told = self.notices.settle_cards(issue, project, f"{by.name}已接办", but=but)
        self.save(issue, "issue.accept")
        return told

    def reply(
        self, issue: Issue, project: Project, by: Person, text: str, but: str | None = None
    ) -> list[NewMessage]:
        """A draft for the officer; the officer's own answer too, so that it is read once more before release."""
        issue.reply(text, by.id)
        self.save(issue, "issue.reply")
        told = self.notices.settle_cards(issue, project, "已答复", but=but)
        return [*told, *self.notices.to_release(issue, project, by)]

    def return_draft(self, issue: Issue, project: Project, reason: str, officer: Person) -> list[NewMessage]:
        if not reason:
            raise InvalidAnswer(f"请写明退回原因，例如：退回 {issue.no} 请补充办理时间。")
        author = self.tx.people.get(issue.answered_by) if issue.answered_by else officer
        issue.return_draft()
        self.save(issue, "issue.return")
        told = self.notices.settle_cards(issue, project, "已退回")
        text = words.returned(issue, reason, officer.name)
        return [*told, self.notices.say_to(author, text, subject_of(issue))]

    def release(
        self, issue: Issue, project: Project, but: str | None = None, wait: timedelta = SECOND_THOUGHTS
    ) -> tuple[list[NewMessage], datetime]:
        """Posted after five minutes. Returns the rows and the moment."""
        at = self.now + wait
        issue.release(at)
        self.save(issue, "issue.release")
        told = self.notices.settle_cards(issue, project, "已发布", but=but)
        text = words.to_group(issue, self.site, self.tx.people.get(issue.raised_by).name)
        return [*told, self.notices.to_group(issue, project, text, at)], at

    def hurry(self, issue: Issue) -> bool:
        """立即发送: False when there is nothing left to hurry."""
        if not self.tx.outbox.hurry(release_subject(issue), self.now):
            return False
        issue.released_at = self.now
        self.save(issue, "issue.hurry")
        return True

    def take_back(self, issue: Issue, project: Project) -> tuple[list[NewMessage], bool]:
        """撤销: within the five minutes nothing was sent; later a correction is posted (True)."""
        issue.take_back()
        held_back = self.tx.outbox.drop(release_subject(issue)) > 0
        self.save(issue, "issue.take_back")
        if held_back:
            return [], False
        return [self.notices.to_group(issue, project, words.withdrawn_answer(issue), self.now)], True

    def close(self, issue: Issue, project: Project) -> list[NewMessage]:
        issue.close()
        self.save(issue, "issue.close")
        officer = self.tx.people.get(project.officer_id)
        text = f"问题{issue.no}（{project.name}）项目单位已确认解决。"
        return [self.notices.say_to(officer, text, subject_of(issue))]

    def reopen(self, issue: Issue, project: Project, reason: str) -> list[NewMessage]:
        issue.reopen()
        text = words.reopened(issue, reason)
        officer = self.tx.people.get(project.officer_id)
        told = [self.notices.say_to(officer, text, subject_of(issue))]
        if issue.status is IssueStatus.TRIAGE or issue.representative_id is None:
            self.save(issue, "issue.reopen")
            return [*told, self.notices.to_desk(issue, project)]
        self._set_clock(issue)
        self.save(issue, "issue.reopen")  # the new date is part of what the enterprise is answered
        person = self.tx.people.get(issue.representative_id)
        return [*told, *self.notices.to_representative(issue, project, person, text)]

    # ------------------------------------------------------------ inside

    def _assign(
        self, issue: Issue, project: Project, department: str, person: Person, why: str, note: str = ""
    ) -> list[NewMessage]:
        known = issue.answer_by
        issue.assign(department, person.id, why)
        self._set_clock(issue)
        self.save(issue, "issue.assign")
        told = self.notices.to_representative(issue, project, person, note and f"转办原因：{note}")
        return [*told, *self.new_date(issue, project, known)]

    def new_date(
        self, issue: Issue, project: Project, known: datetime | None, reason: str = ""
    ) -> list[NewMessage]:
        """The enterprise was told another date: it hears of the new one, and why. What somebody complains of stays
        out of the group."""
        if known is None or known == issue.answer_by:
            return []
        text = clocks.new_date(issue, self.site, self.calendar, reason)
        raiser = self.tx.people.get(issue.raised_by)
        if issue.category is Category.ATTITUDE:
            return [self.notices.say_to(raiser, text, subject_of(issue))]
        return [self.notices.post(project, text, subject_of(issue), self.now, mention=(raiser,))]

    def rules(self, issue: Issue) -> Rules:
        """The department's own office hours count for its people."""
        spans = self.site.departments[issue.department].spans if issue.department else ()
        return Rules(self.site.deadlines, self.calendar.with_hours(spans), self.calendar)

    def _set_clock(self, issue: Issue) -> None:
        """Deadlines and steps, frozen with the rule's version (contract: rules frozen at the start)."""
        self._classify(issue)
        planned = plan_for(issue, self.rules(issue), self.now)
        issue.respond_by, issue.answer_by, issue.steps = planned.respond_by, planned.answer_by, planned.steps
        issue.clock_from, issue.told_level, issue.extended = self.now, 0, 0
        issue.rule_version = self.tx.sites.newest_version()

    def _classify(self, issue: Issue) -> None:
        deadlines = self.site.deadlines
        issue.kind = deadlines.kind_of(issue.category, issue.level, issue.description)
        issue.urgent = deadlines.ladder.urgent.fits(issue.category, issue.description)

    def promise(self, issue: Issue) -> None:
        """The date a new issue is told with; it holds unless it takes longer to find who answers it."""
        self._classify(issue)
        issue.answer_by = plan_for(issue, self.rules(issue), self.now).answer_by

    def _routed(self, issue: Issue) -> routing.Routed:
        candidates = self._candidates(issue)
        names = {key: one.name for key, one in self.site.departments.items()}
        people = {c.department: self.tx.people.of_department(c.department) for c in candidates}
        load = {n: c for key in people for n, c in self.tx.issues.load(key).items()}
        day = self.now.astimezone(self.calendar.zone).date()
        return routing.route(candidates, people, day, load, names)

    def _candidates(self, issue: Issue) -> list[routing.Candidate]:
        """The named department wins over the item's; words of a department's topics come last."""
        if issue.department:
            name = self.site.departments[issue.department].name
            return [routing.Candidate(issue.department, f"反馈中写明部门={name}")]
        item = self.site.catalogue.items.get(issue.item_id or "")
        if item:
            return [routing.Candidate(item.lead, f"事项={item.spoken}")]
        found = []
        for department in self.site.departments.values():
            hits = [topic for topic in department.topics if topic in issue.description]
            if hits:
                found.append(routing.Candidate(department.key, f"词={'、'.join(hits)}"))
        return found

    def save_quietly(self, issue: Issue) -> None:
        """Never without a next step (R139)."""
        keep_going(issue, self.rules(issue), self.now)
        self.tx.issues.save(issue)

    def save(self, issue: Issue, action: str) -> None:
        self.save_quietly(issue)
        self.tx.audit.add(
            issue.project_id, self.now, self.actor, action, subject_of(issue), {"status": issue.status}
        )
