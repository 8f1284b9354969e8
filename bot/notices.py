"""What others are told about an issue: outbox rows and cards, written in the transaction of the change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import uuid4

from bot.cards import issue_cards
from bot.platform import Card, Paper, Say, Speech, UpdateCard
from bot.records import to_record
from bot.texts import groups as words
from bot.texts import routing as part_words
from bot.texts.phrases import moment
from domain.calendar import WorkCalendar
from domain.issues import Issue
from domain.people import Person, Role
from domain.project import Project
from domain.site import Site
from storage.outbox import NewMessage
from storage.store import Transaction

# A group post cannot be recalled, so a released answer waits (contract §9).
SECOND_THOUGHTS = timedelta(minutes=5)


@dataclass(frozen=True)
class Notices:
    tx: Transaction
    site: Site
    calendar: WorkCalendar
    now: datetime
    inbox_id: int | None = None

    def say_to(
        self, person: Person, text: str, subject: str, *, once: str | None = None, urgent: bool = False
    ) -> NewMessage:
        row = self._row("person", person.userid, Say(text, markdown=True), subject)
        return replace(row, once=once, urgent=urgent)

    def ask_words(self, person: Person, text: str, subject: str) -> NewMessage:
        """A question whose answer is the person's next text: plain, and ahead of everything else."""
        return replace(self._row("person", person.userid, Say(text), subject), urgent=True)

    def later_answer(self, url: str, text: str, subject: str) -> NewMessage:
        return replace(self._row("response", url, Say(text, markdown=True), subject), urgent=True)

    def to_representative(
        self, issue: Issue, project: Project, person: Person, note: str = ""
    ) -> list[NewMessage]:
        """What does not fit on the card comes before it, whole."""
        whole = self._whole(person, issue, f"问题{issue.no}全文：{issue.description}", issue_cards.QUOTED)
        card = self._card(
            person,
            issue,
            lambda task: issue_cards.to_handle(
                issue, project, self.site, self.calendar.zone, task, note=note
            ),
        )
        return [*whole, card]

    def to_helper(self, issue: Issue, project: Project, person: Person, lead: str) -> list[NewMessage]:
        """For a department that handles it beside the lead."""
        whole = self._whole(person, issue, f"问题{issue.no}全文：{issue.description}", issue_cards.QUOTED)
        card = self._card(
            person,
            issue,
            lambda task: issue_cards.to_help(issue, project, self.site, self.calendar.zone, task, lead=lead),
            part_subject(issue),
        )
        return [*whole, card]

    def to_desk(self, issue: Issue, project: Project, desk: issue_cards.Desk | None = None) -> NewMessage:
        return self._card(
            self.desk_of(issue, project),
            issue,
            lambda task: issue_cards.to_sort(
                issue, project, self.site, self.calendar.zone, task, desk or issue_cards.Desk()
            ),
        )

    def desk_of(self, issue: Issue, project: Project) -> Person:
        """The service officer; whoever is complained of never sorts the complaint."""
        ids = [one for one in (project.officer_id, project.deputy_id) if one and one != issue.about_person]
        if ids:
            return self.tx.people.get(ids[0])
        others = [one for one in self.tx.people.with_role(Role.SUPERVISOR) if one.id != issue.about_person]
        return others[0] if others else self.tx.people.get(project.officer_id)

    def to_release(self, issue: Issue, project: Project, answered_by: Person) -> list[NewMessage]:
        """Nobody releases words they have not seen: a long answer comes whole before its card."""
        officer = self.desk_of(issue, project)
        whole = self._whole(officer, issue, f"问题{issue.no}答复全文：{issue.answer}", issue_cards.SHOWN)
        parts = self.tx.parts.of(issue.no)
        said = [part_words.part_said(issue, part, self.site) for part in parts if part.answer]
        whole += [self.say_to(officer, text, subject_of(issue)) for text in said]
        helping = part_words.parts_line(parts, self.site)
        department = issue.department if issue.representative_id == answered_by.id else None
        who = f"{self.site.departments[department].short if department else ''}{answered_by.name}"
        card = self._card(
            officer,
            issue,
            lambda task: issue_cards.to_release(issue, project, who, task, helping),
        )
        return [*whole, card]

    def to_group(self, issue: Issue, project: Project, text: str, due_at: datetime) -> NewMessage:
        raiser = self.tx.people.get(issue.raised_by)
        return self.post(project, text, release_subject(issue), due_at, mention=(raiser,))

    def to_raiser(self, issue: Issue, text: str, due_at: datetime) -> NewMessage:
        """What is about a person is answered to who raised it, and to nobody else."""
        raiser = self.tx.people.get(issue.raised_by)
        row = self._row("person", raiser.userid, Say(text, markdown=True), release_subject(issue))
        return replace(row, due_at=due_at)

    def post(
        self, project: Project, text: str, subject: str, due_at: datetime, *, mention: Sequence[Person] = ()
    ) -> NewMessage:
        """Into the work group, or – where the app cannot post – to the officer, to pass on by hand."""
        group = self.tx.groups.of_project(project.id)
        if group and group.appchat and not group.gone:
            named = tuple(person.userid for person in mention if person.userid in group.members)
            say = Say(text, markdown=True, mentions=named)
            return replace(self._row("group", group.appchat, say, subject), due_at=due_at)
        officer = self.tx.people.get(project.officer_id)
        names = [person.name for person in mention]
        by_hand = Say(words.by_hand(self.site.group_name(project.name), names, text), markdown=True)
        return replace(self._row("person", officer.userid, by_hand, subject), due_at=due_at)

    def files_of_answer(self, issue: Issue, project: Project, due_at: datetime) -> list[NewMessage]:
        """Behind the answer, to where it goes; a file the app cannot post goes to the officer."""
        group = self.tx.groups.of_project(project.id)
        posts = group is not None and bool(group.appchat) and not group.gone and not issue.private
        reader = issue.raised_by if issue.private else project.officer_id
        kind, target = (
            ("group", group.appchat or "")
            if group and posts
            else ("person", self.tx.people.get(reader).userid)
        )
        papers = [Paper("kept", str(file_id), project.id) for file_id in files_with(self.tx, issue)]
        return [
            NewMessage(kind, target, to_record(one), release_subject(issue), due_at, inbox_id=self.inbox_id)
            for one in papers
        ]

    def to_granter(
        self, issue: Issue, project: Project, person: Person, wish: issue_cards.Wish
    ) -> list[NewMessage]:
        """A wish for more time, to whoever may grant it."""
        text = f"问题{issue.no}延期原因全文：{wish.reason}"
        whole = (
            [self.say_to(person, text, subject_of(issue))] if len(wish.reason) > issue_cards.QUOTED else []
        )
        task_id = f"extend{wish.id}_{uuid4().hex[:12]}"
        self.tx.cards.open(task_id, person.id, _wish_subject(wish.id), self.now)
        card = issue_cards.to_extend(issue, project, task_id, wish)
        return [*whole, self._row("person", person.userid, card, subject_of(issue))]

    def settle_wish(
        self, issue: Issue, project: Project, wish_id: int, line: str, *, but: str | None = None
    ) -> list[NewMessage]:
        return self.settle_cards(issue, project, line, but=but, subject=_wish_subject(wish_id))

    def settle_cards(
        self, issue: Issue, project: Project, line: str, *,
        but: str | None = None, subject: str = "", of: int | None = None,
    ) -> list[NewMessage]:  # fmt: skip
        """Spend the response codes: every other card about this issue shows its final state. `of`: one person's
        only."""
        rows = []
        for card in self.tx.cards.live(subject or subject_of(issue)):
            if of is not None and card.person_id != of:
                continue
            if card.task_id != but:
                person = self.tx.people.get(card.person_id)
                shown = issue_cards.settled(f"问题{issue.no}", project.name, card.task_id, line)
                final = issue_cards.handled(shown, "", self.when(self.now))
                rows.append(
                    self._row("card_update", person.userid, UpdateCard(final, line), f"card:{card.task_id}")
                )
            self.tx.cards.finish(card.task_id)
        return rows

    def people_to_tell(self, role: str, issue: Issue, project: Project) -> list[Person]:
        """Who stands behind a level of the ladder."""
        if role == Role.SERVICE_OFFICER:
            return [self.desk_of(issue, project)]
        if role == Role.SUPERVISOR:
            return self.tx.people.with_role(Role.SUPERVISOR)
        return self.tx.people.of_department(issue.department, Role(role)) if issue.department else []

    def when(self, instant: datetime | None) -> str:
        return moment(instant, self.calendar.zone) if instant else "另行告知"

    def _whole(self, person: Person, issue: Issue, text: str, most: int) -> list[NewMessage]:
        return [self.say_to(person, text, subject_of(issue))] if len(text) > most else []

    def _card(
        self, person: Person, issue: Issue, build: Callable[[str], Card], subject: str = ""
    ) -> NewMessage:
        task_id = f"issue{issue.no}_{uuid4().hex[:12]}"
        self.tx.cards.open(task_id, person.id, subject or subject_of(issue), self.now)
        return self._row("person", person.userid, build(task_id), subject_of(issue))

    def _row(self, kind: str, target: str, speech: Speech | UpdateCard, subject: str) -> NewMessage:
        return NewMessage(kind, target, to_record(speech), subject, self.now, inbox_id=self.inbox_id)


def files_with(tx: Transaction, issue: Issue) -> list[int]:
    """Files that go with the answer being given now; those of an earlier round are not sent again."""
    since = issue.clock_from or issue.raised_at
    found = tx.files.attached_to("issue", issue.no)
    return [one.file_id for one in found if one.state == "kept" and one.file_id and one.at >= since]


def subject_of(issue: Issue) -> str:
    return f"issue:{issue.no}"


def part_subject(issue: Issue) -> str:
    """Of those who help: what becomes of the lead's cards does not touch theirs."""
    return f"part:{issue.no}"


def _wish_subject(wish_id: int) -> str:
    return f"extension:{wish_id}"


def release_subject(issue: Issue) -> str:
    return f"release:{issue.no}"
