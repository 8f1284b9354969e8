"""The moves of an issue that talk, card, page and clock share: change it, leave an audit row, say who is told.

Every function checks first and changes then; the caller holds the issue's row locked.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.notices import SECOND_THOUGHTS, Notices, release_subject, subject_of
from bot.texts import issues as words
from bot.texts import routing as routing_words
from domain.calendar import WorkCalendar
from domain.errors import InvalidAnswer, NotFound
from domain.escalation import plan
from domain.issues import Issue, IssueStatus
from domain.people import Person
from domain.project import Project
from domain.service_limits import IssueKind
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
        issue.accept()
        told = []
        if by.id != issue.representative_id:
            issue.representative_id = by.id
            told = self.notices.settle_cards(issue, project, f"{by.name}已接办", but=but)
        self._save(issue, "issue.accept")
        return told

    def reply(
        self, issue: Issue, project: Project, by: Person, text: str, but: str | None = None
    ) -> list[NewMessage]:
        """A draft for the officer; the officer's own answer too, so that it is read once more before release."""
        issue.reply(text, by.id)
        self._save(issue, "issue.reply")
        told = self.notices.settle_cards(issue, project, "已答复", but=but)
        return [*told, *self.notices.to_release(issue, project, by)]

    def return_draft(self, issue: Issue, project: Project, reason: str, officer: Person) -> list[NewMessage]:
        if not reason:
            raise InvalidAnswer(f"请写明退回原因，例如：退回 {issue.no} 请补充办理时间。")
        author = self.tx.people.get(issue.answered_by) if issue.answered_by else officer
        issue.return_draft()
        self._save(issue, "issue.return")
        told = self.notices.settle_cards(issue, project, "已退回")
        text = words.returned(issue, reason, officer.name)
        return [*told, self.notices.say_to(author, text, subject_of(issue))]

    def release(
        self, issue: Issue, project: Project, but: str | None = None, wait: timedelta = SECOND_THOUGHTS
    ) -> tuple[list[NewMessage], datetime]:
        """Posted after five minutes. Returns the rows and the moment."""
        at = self.now + wait
        issue.release(at)
        self._save(issue, "issue.release")
        told = self.notices.settle_cards(issue, project, "已发布", but=but)
        return [*told, *self._posted(issue, project, at)], at

    def hurry(self, issue: Issue) -> bool:
        """立即发送: False when there is nothing left to hurry."""
        if not self.tx.outbox.hurry(release_subject(issue), self.now):
            return False
        issue.released_at = self.now
        self._save(issue, "issue.hurry")
        return True

    def take_back(self, issue: Issue, project: Project) -> tuple[list[NewMessage], bool]:
        """撤销: within the five minutes nothing was sent; later a correction is posted (True)."""
        issue.take_back()
        held_back = self.tx.outbox.drop(release_subject(issue)) > 0
        self._save(issue, "issue.take_back")
        if held_back:
            return [], False
        return [self._answered_to(issue, project, words.withdrawn_answer(issue), self.now)], True

    def close(self, issue: Issue, project: Project) -> list[NewMessage]:
        issue.close()
        self._save(issue, "issue.close")
        officer = self.notices.desk_of(issue, project)
        text = f"问题{issue.no}（{project.name}）项目单位已确认解决。"
        return [self.notices.say_to(officer, text, subject_of(issue))]

    def reopen(self, issue: Issue, project: Project, reason: str) -> list[NewMessage]:
        issue.reopen()
        text = words.reopened(issue, reason)
        officer = self.notices.desk_of(issue, project)
        told = [self.notices.say_to(officer, text, subject_of(issue))]
        if issue.status is IssueStatus.TRIAGE or issue.representative_id is None:
            self._save(issue, "issue.reopen")
            return [*told, self.notices.to_desk(issue, project)]
        self._set_clock(issue)
        self._save(issue, "issue.reopen")
        person = self.tx.people.get(issue.representative_id)
        return [*told, *self.notices.to_representative(issue, project, person, text)]

    # ------------------------------------------------------------ inside

    def _posted(self, issue: Issue, project: Project, at: datetime) -> list[NewMessage]:
        """The answer, and below it what departments that helped have said."""
        raised_by = self.tx.people.get(issue.raised_by).name
        main = (
            routing_words.private_answer(issue)
            if issue.private
            else words.to_group(issue, self.site, raised_by)
        )
        texts = [main]
        answered = (part for part in self.tx.parts.of(issue.no) if part.answer)
        texts += [routing_words.part_to_group(issue, part, self.site) for part in answered]
        return [self._answered_to(issue, project, text, at) for text in texts]

    def _answered_to(self, issue: Issue, project: Project, text: str, at: datetime) -> NewMessage:
        """Into the group; what is about a person only to who raised it."""
        if issue.private:
            return self.notices.to_raiser(issue, text, at)
        return self.notices.to_group(issue, project, text, at)

    def _set_clock(self, issue: Issue) -> None:
        """Deadlines and steps, frozen with the rule's version (contract: rules frozen at the start)."""
        limit = self.site.deadlines.issues[IssueKind.PROBLEM]
        planned = plan(limit, self.site.deadlines, self.calendar, self.now)
        issue.respond_by, issue.answer_by, issue.steps = planned.respond_by, planned.answer_by, planned.steps
        issue.rule_version = self.tx.sites.newest_version()

    def _save(self, issue: Issue, action: str, **details: object) -> None:
        """`details`: ids, states and words of the site's own rules, never people's words."""
        self.tx.issues.save(issue)
        told = {"status": issue.status, **details}
        self.tx.audit.add(issue.project_id, self.now, self.actor, action, subject_of(issue), told)


def deadline_of_new(work: IssueWork) -> datetime:
    """When an issue filed now will be answered at the latest."""
    limit = work.site.deadlines.issues[IssueKind.PROBLEM]
    return plan(limit, work.site.deadlines, work.calendar, work.now).answer_by
