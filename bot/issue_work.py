"""The moves of an issue that talk, card, page and clock share: change it, leave an audit row, say who is told.

Every function checks first and changes then; the caller holds the issue's row locked.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.notices import SECOND_THOUGHTS, Notices, release_subject, subject_of
from bot.texts import clocks
from bot.texts import issues as words
from bot.texts import routing as routing_words
from domain.calendar import WorkCalendar
from domain.errors import InvalidAnswer, NotFound
from domain.escalation import Rules, keep_going, plan_for, release_steps
from domain.issues import Category, Issue, IssueStatus, StepKind
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
        self._may_release_itself(issue, project, by)
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
        self, issue: Issue, project: Project, but: str | None = None, wait: timedelta = SECOND_THOUGHTS,
        rule: str = "",
    ) -> tuple[list[NewMessage], datetime]:  # fmt: skip
        """Posted after five minutes. Returns the rows and the moment. `rule`: what the group is told of one that
        nobody released by hand."""
        at = self.now + wait
        issue.release(at)
        self.save(issue, "issue.release", **({"by": "rule"} if rule else {}))
        told = self.notices.settle_cards(issue, project, "已发布", but=but)
        return [*told, *self._posted(issue, project, at, rule)], at

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
        return [self._answered_to(issue, project, words.withdrawn_answer(issue), self.now)], True

    def close(self, issue: Issue, project: Project) -> list[NewMessage]:
        issue.close()
        self.save(issue, "issue.close")
        officer = self.notices.desk_of(issue, project)
        text = f"问题{issue.no}（{project.name}）项目单位已确认解决。"
        return [self.notices.say_to(officer, text, subject_of(issue))]

    def withdraw(self, issue: Issue, project: Project, by: Person) -> list[NewMessage]:
        """The enterprise takes back what it fed back, before it has an answer."""
        asked = [part.representative_id for part in self.tx.parts.of(issue.no) if part.is_open]
        held = [one for one in (issue.representative_id, issue.offered_to, *asked) if one]
        issue.withdraw()
        self.save(issue, "issue.withdraw")
        told = self.notices.settle_cards(issue, project, "已撤回")
        desk = self.notices.desk_of(issue, project)
        people = {one.id: one for one in (*self.tx.people.many(held), desk)}
        text = words.taken_back(issue, project.name, by.name)
        return [*told, *(self.notices.say_to(one, text, subject_of(issue)) for one in people.values())]

    def reopen(self, issue: Issue, project: Project, reason: str) -> list[NewMessage]:
        issue.reopen()
        text = words.reopened(issue, reason)
        officer = self.notices.desk_of(issue, project)
        told = [self.notices.say_to(officer, text, subject_of(issue))]
        if issue.status is IssueStatus.TRIAGE or issue.representative_id is None:
            self.save(issue, "issue.reopen")
            return [*told, self.notices.to_desk(issue, project)]
        self._set_clock(issue, several=bool(self.tx.parts.of(issue.no)))
        self.save(issue, "issue.reopen")  # the new date is part of what the enterprise is answered
        person = self.tx.people.get(issue.representative_id)
        return [*told, *self.notices.to_representative(issue, project, person, text)]

    # ------------------------------------------------------------ inside

    def _may_release_itself(self, issue: Issue, project: Project, by: Person) -> None:
        """Of a department's own draft, counted from its newest words; never of what is about a person, what others
        help with, what the officer wrote or took back."""
        issue.steps = tuple(step for step in issue.steps if step.kind is not StepKind.RELEASE)
        own = by.id in (project.officer_id, project.deputy_id) or by.id != issue.representative_id
        if own or issue.private or self.tx.parts.of(issue.no):
            return
        issue.steps += release_steps(self.rules(issue), self.now)

    def _posted(self, issue: Issue, project: Project, at: datetime, rule: str = "") -> list[NewMessage]:
        """The answer, and below it what departments that helped have said."""
        raised_by = self.tx.people.get(issue.raised_by).name
        main = (
            routing_words.private_answer(issue)
            if issue.private
            else words.to_group(issue, self.site, raised_by)
        )
        texts = [f"{main}\n{rule}" if rule else main]
        answered = (part for part in self.tx.parts.of(issue.no) if part.answer)
        texts += [routing_words.part_to_group(issue, part, self.site) for part in answered]
        said = [self._answered_to(issue, project, text, at) for text in texts]
        return [*said, *self.notices.files_of_answer(issue, project, at)]

    def _answered_to(self, issue: Issue, project: Project, text: str, at: datetime) -> NewMessage:
        """Into the group; what is about a person only to who raised it."""
        if issue.private:
            return self.notices.to_raiser(issue, text, at)
        return self.notices.to_group(issue, project, text, at)

    def new_date(
        self, issue: Issue, project: Project, known: datetime | None, reason: str = ""
    ) -> list[NewMessage]:
        """The enterprise was told another date: it hears of the new one, and why. What is about a person stays out of
        the group."""
        if known is None or known == issue.answer_by:
            return []
        text = clocks.new_date(issue, self.site, self.calendar, reason)
        raiser = self.tx.people.get(issue.raised_by)
        if issue.private or issue.category is Category.ATTITUDE:
            return [self.notices.say_to(raiser, text, subject_of(issue))]
        return [self.notices.post(project, text, subject_of(issue), self.now, mention=(raiser,))]

    def rules(self, issue: Issue) -> Rules:
        """The department's own office hours count for its people."""
        return self.rules_of(issue.department)

    def rules_of(self, department: str | None) -> Rules:
        spans = self.site.departments[department].spans if department else ()
        return Rules(self.site.deadlines, self.calendar.with_hours(spans), self.calendar)

    def _set_clock(self, issue: Issue, *, several: bool) -> None:
        """Deadlines and steps, frozen with the rule's version (contract: rules frozen at the start). `several`: more
        departments than the lead handle it."""
        self._classify(issue, several=several)
        planned = plan_for(issue, self.rules(issue), self.now)
        issue.respond_by, issue.answer_by, issue.steps = planned.respond_by, planned.answer_by, planned.steps
        issue.clock_from, issue.told_level, issue.extended = self.now, 0, 0
        issue.rule_version = self.tx.sites.newest_version()

    def _classify(self, issue: Issue, *, several: bool) -> None:
        deadlines = self.site.deadlines
        issue.kind = deadlines.kind_of(issue.category, issue.level, issue.description, several=several)
        issue.urgent = deadlines.ladder.urgent.fits(issue.category, issue.description)

    def save_quietly(self, issue: Issue) -> None:
        """Never without a next step (R139)."""
        keep_going(issue, self.rules(issue), self.now)
        self.tx.issues.save(issue)

    def save(self, issue: Issue, action: str, **details: object) -> None:
        """`details`: ids, states and words of the site's own rules, never people's words."""
        self.save_quietly(issue)
        told = {"status": issue.status, **details}
        self.tx.audit.add(issue.project_id, self.now, self.actor, action, subject_of(issue), told)
