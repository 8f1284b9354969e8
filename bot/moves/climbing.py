"""What every move up the ladder is made with: the problem held, its next step given a day, the enterprise told of it in
its group, a row in the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from bot.issue_routing import IssueRouting
from bot.moves.work import CaseWork
from bot.notices import subject_of
from bot.texts import rungs as texts
from bot.texts.phrases import moment
from domain.case import Case, ContactChannel, ServiceType
from domain.errors import InvalidAnswer
from domain.issues import Category, Issue, IssueLevel
from domain.people import Person
from domain.project import Project
from domain.rungs import Rung
from domain.site import Site
from storage.outbox import NewMessage
from storage.store import Transaction

LONGEST = 500


@dataclass(frozen=True)
class Climb:
    """`issue`: its row is held by the caller. `by`: the service officer who acts."""

    work: IssueRouting
    case: CaseWork
    issue: Issue
    project: Project
    by: Person

    @property
    def tx(self) -> Transaction:
        return self.work.tx

    @property
    def site(self) -> Site:
        return self.work.site

    @property
    def zone(self) -> tzinfo:
        return self.work.calendar.zone

    @property
    def officer(self) -> Person:
        """Whom the enterprise and the departments turn to."""
        return self.work.notices.desk_of(self.issue, self.project)

    @property
    def due(self) -> str:
        """The day of the next step, as words."""
        return moment(self.issue.desk_by, self.zone) if self.issue.desk_by else ""

    def must_climb(self) -> None:
        """What is about a person stays between officer and supervisors."""
        if self.issue.private:
            raise InvalidAnswer(
                f"问题{self.issue.no}是针对个人的反映，不提请会议、不发函，请与督办人员商定后发送“回复 {self.issue.no} 内容”。"
            )
        self.issue.must_be_coordinable()

    def working_days_on(self, days: int, start: date | None = None) -> datetime:
        calendar = self.work.calendar
        return calendar.closing(calendar.add_working_days(start or self.work.today, days))

    def to(self, level: IssueLevel, rung: Rung, by: datetime, action: str) -> None:
        self.issue.coordinate(level, rung, by)
        self.work.save(self.issue, action, level=level, rung=rung)

    def tell(self, person: Person, text: str, once: str | None = None) -> NewMessage:
        return self.work.notices.say_to(person, text, subject_of(self.issue), once=once)

    def tell_group(self, text: str) -> NewMessage:
        """What is about how somebody behaves is told to who raised it only."""
        raiser = self.tx.people.get(self.issue.raised_by)
        if self.issue.category is Category.ATTITUDE:
            return self.tell(raiser, text)
        subject = subject_of(self.issue)
        return self.work.notices.post(self.project, text, subject, self.work.now, mention=(raiser,))

    def log(self, summary: str, answer: str, next_step: str = "") -> None:
        self.case.log(
            self.project, self.open_case, summary, answer, subject=subject_of(self.issue),
            item_id=self.issue.item_id, next_step=next_step, service_type=ServiceType.COORDINATE,
            channel=ContactChannel.CHAT,
        )  # fmt: skip

    def tried(self, most: int = 60) -> list[str]:
        """Whose hands it went through, and why."""
        turns = self.tx.turns.of(self.issue.no)
        people = self.tx.people.many({one.person_id for one in turns if one.person_id})
        names = {person.id: person.name for person in people}
        return texts.tried(turns, names, self.site, self.zone, most)

    def called(self, person: Person) -> str:
        """住建局黄志坚"""
        keys = [key for key in self.site.departments if key in person.departments()]
        return f"{self.site.departments[keys[0]].short if keys else ''}{person.name}"

    @property
    def open_case(self) -> Case | None:
        """Whose archive the papers go to."""
        open_ones = [one for one in self.tx.cases.of_project(self.project.id) if one.is_open]
        return open_ones[-1] if open_ones else None

    def drop_papers(self) -> None:
        """A paper that waits for an answer no longer counts once the problem goes another way."""
        live = self.tx.submissions.live(self.issue.no)
        if live:
            self.tx.submissions.save(live.drop())
