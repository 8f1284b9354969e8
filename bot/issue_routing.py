"""Routing: the first way of a problem, its hand-overs, the officer's desk.

First receiver until another has taken it (R049); the second return goes to the officer with all reasons; nobody gets
back what they gave away unless the officer says so. Checks come first, changes then.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.cards.issue_cards import Desk
from bot.issue_parts import IssueParts
from bot.issue_work import IssueWork
from bot.notices import subject_of
from bot.obstacles import tell_of_obstacle
from bot.texts import routing as words
from domain import routing
from domain.anonymous import without_people
from domain.errors import IllegalMove, InvalidAnswer
from domain.escalation import plan_for
from domain.issue_turns import Turn, TurnKind, must_not_be_passed_on, returned_by, returns
from domain.issues import WITH_DEPARTMENT, Issue, IssueStatus, checked_answer
from domain.people import OFFICERS, Person, Role
from domain.project import Project
from domain.routing_rules import Features, traits
from domain.routing_suggestion import Lesson, suggest
from storage.outbox import NewMessage


class IssueRouting(IssueParts):
    # ------------------------------------------------------------ the first way

    def route(self, issue: Issue, project: Project) -> list[NewMessage]:
        """By the site's rules; what they are not sure of is sorted by the officer."""
        if issue.status is not IssueStatus.NEW:
            return []
        if issue.private:
            return self._to_desk_in_private(issue, project)
        routed = self.routed(issue, project)
        if routed.person is None or routed.guess is None:
            return self._to_desk(issue, project, routed.why, "issue.triage", routed.guesses)
        self.turn(issue, TurnKind.ROUTED, to=routed.guess.department)
        return [
            *self.assign(issue, project, routed.guess, routed.person),
            *self._point_out_traits(issue, project),
        ]

    def routed(self, issue: Issue, project: Project) -> routing.Routed:
        """What the rules would do with it now; changes nothing."""
        guesses = self.guesses(issue, project)
        returned = returned_by(self.tx.turns.of(issue.no))
        best = routing.sure(guesses, self.site.routing)
        person = self.on_duty(best.department, issue) if best else None
        names = {key: one.name for key, one in self.site.departments.items()}
        return routing.route(guesses, self.site.routing, person, names, returned)

    def guesses(self, issue: Issue, project: Project) -> tuple[routing.Guess, ...]:
        features = features_of(self, issue, project)
        return routing.weigh(features, self.site.routing, self.site.departments)

    def assign(
        self, issue: Issue, project: Project, guess: routing.Guess, person: Person, note: str = ""
    ) -> list[NewMessage]:
        """To a department's representative, with those who help."""
        known = issue.answer_by
        issue.assign(guess.department, person.id, guess.why)
        self._set_clock(issue, several=bool(guess.helpers))
        self.save(issue, "issue.assign", department=guess.department, by=list(guess.because))
        helped = self.ask_helpers(issue, project, guess.helpers)
        card = self.notices.to_representative(issue, project, person, self._note(guess, note))
        dated = self.new_date(issue, project, known)
        return [*card, *helped, *dated, *tell_of_obstacle(self, issue)]

    def promise(self, issue: Issue, project: Project) -> None:
        """The date a new issue is told with, as the rules would route it now; it holds unless it takes longer to find
        who answers it."""
        best = None if issue.private else routing.sure(self.guesses(issue, project), self.site.routing)
        self._classify(issue, several=bool(best and best.helpers))
        rules = self.rules_of(best.department if best else issue.department)
        issue.answer_by = plan_for(issue, rules, self.now).answer_by

    def _note(self, guess: routing.Guess, note: str) -> str:
        shorts = [self.site.departments[one].short for one in guess.helpers]
        found = [note or f"因为：{guess.why}", words.helping(shorts) if shorts else ""]
        return "；".join(part for part in found if part)

    # ------------------------------------------------------------ hand-overs

    def transfer(
        self, issue: Issue, project: Project, department: str, reason: str, by: Person
    ) -> list[NewMessage]:
        """By the officer: decided, at once. By a department: offered, once; the second time the officer gets all
        reasons."""
        if not reason:
            raise InvalidAnswer(f"转办请写明原因，例如：转办 {issue.no} 住建局 属施工许可范围。")
        officer = self.sorts(issue, project, by)
        person = self.must_be_on_duty(department, issue)
        issue.must_be_assignable()  # before the cards of the old holder are settled
        if not officer and self._kicked(issue, department):
            self.turn(issue, TurnKind.PASSED_ON, by=by, of=issue.department, to=department, said=reason)
            return self._back_to_desk(issue, project, "已交服务专员", "issue.second_return")
        if officer:
            self.turn(issue, TurnKind.ASSIGNED, by=by, to=department, said=reason)
            self.learn(issue, project, department)
        else:
            self.turn(issue, TurnKind.PASSED_ON, by=by, of=issue.department, to=department, said=reason)
        told = self.notices.settle_cards(issue, project, "已转办")
        if not officer and issue.status in WITH_DEPARTMENT and issue.representative_id:
            return [*told, *self._offer(issue, project, department, person, reason)]
        guess = self._chosen(issue, project, department, f"转办：{reason}")
        return [*told, *self.assign(issue, project, guess, person, f"转办原因：{reason}")]

    def assign_from_desk(
        self, issue: Issue, project: Project, department: str, by: Person, but: str | None = None
    ) -> tuple[list[NewMessage], Person]:
        """One tap of the officer."""
        person = self.must_be_on_duty(department, issue)
        issue.must_be_assignable()
        if issue.status is not IssueStatus.TRIAGE:
            raise InvalidAnswer(f"问题{issue.no}已不在待分派之列，要改派请发送“转办 {issue.no} 部门 原因”。")
        self.turn(issue, TurnKind.ASSIGNED, by=by, to=department)
        self.learn(issue, project, department)
        told = self.notices.settle_cards(issue, project, f"{by.name}已分派", but=but)
        guess = self._chosen(issue, project, department, f"服务专员{by.name}分派")
        return [*told, *self.assign(issue, project, guess, person)], person

    def not_ours(self, issue: Issue, project: Project, reason: str, by: Person) -> list[NewMessage]:
        if not reason:
            raise InvalidAnswer(f"请写明不属本部门的原因，例如：不属本部门 {issue.no} 属供电局外线工程。")
        if issue.status not in WITH_DEPARTMENT | {IssueStatus.ANSWERED}:
            raise IllegalMove("issue", issue.status, IssueStatus.TRIAGE)
        department = issue.offered_department if self.is_offered(issue, by) else issue.department
        self.turn(issue, TurnKind.NOT_OURS, by=by, of=department, said=reason)
        return self._back_to_desk(issue, project, "已交服务专员", "issue.not_ours")

    def accept(self, issue: Issue, project: Project, by: Person, but: str | None = None) -> list[NewMessage]:
        if not self.is_offered(issue, by):
            withdrawn = issue.offered_department is not None and issue.status is IssueStatus.ASSIGNED
            told = super().accept(issue, project, by, but)
            extra = (
                self.notices.settle_cards(issue, project, f"{by.name}已接办", but=but) if withdrawn else []
            )
            return [*told, *extra]
        known = issue.answer_by
        told = self._take_over(issue, project, by)
        self._set_clock(issue, several=self.has_helpers(issue))
        told += self.follow(issue)
        issue.accept()
        self.save(issue, "issue.accept")
        settled = self.notices.settle_cards(issue, project, f"{by.name}已接办", but=but)
        return [*settled, *told, *self.new_date(issue, project, known)]

    def reply(
        self, issue: Issue, project: Project, by: Person, text: str, but: str | None = None
    ) -> list[NewMessage]:
        """Whoever answers what was passed on to them has taken it; the date that was told stays."""
        checked_answer(text)  # before anything is changed
        taken = self._take_over(issue, project, by) if self.is_offered(issue, by) else []
        return [*taken, *super().reply(issue, project, by, text, but)]

    def is_offered(self, issue: Issue, person: Person) -> bool:
        if issue.offered_department is None:
            return False
        mine = person.departments(Role.REPRESENTATIVE, Role.DEPARTMENT_CHIEF)
        return person.id == issue.offered_to or issue.offered_department in mine

    def sorts(self, issue: Issue, project: Project, person: Person) -> bool:
        """The project's service officer or deputy; never the one complained of."""
        return person.id in (project.officer_id, project.deputy_id) and person.id != issue.about_person

    def given_back(self, issue: Issue, department: str) -> Turn | None:
        """When and why this department gave it back, for the officer to confirm."""
        turns = self.tx.turns.of(issue.no)
        if department not in returned_by(turns):
            return None
        return next(turn for turn in reversed(returns(turns)) if turn.department == department)

    def supervisors(self, issue: Issue) -> list[Person]:
        return [one for one in self.tx.people.with_role(Role.SUPERVISOR) if one.id != issue.about_person]

    # ------------------------------------------------------------ keeping

    def turn(
        self, issue: Issue, kind: TurnKind, *, by: Person | None = None, of: str | None = None,
        to: str | None = None, said: str = "",
    ) -> None:  # fmt: skip
        self.tx.turns.add(issue.no, Turn(self.now, kind, by.id if by else None, of, to, said))

    def learn(self, issue: Issue, project: Project, department: str) -> None:
        """What was sorted by hand is kept to learn from – not what is about a person."""
        if not issue.private:
            best = routing.sure(self.guesses(issue, project), self.site.routing)
            lesson = self._lesson(issue, project, department, best.department if best else None)
            self.tx.lessons.keep(issue.no, lesson, self.now)

    # ------------------------------------------------------------ inside

    def _kicked(self, issue: Issue, department: str) -> bool:
        turns = self.tx.turns.of(issue.no)
        return must_not_be_passed_on(turns) or department in returned_by(turns)

    def _offer(
        self, issue: Issue, project: Project, department: str, person: Person, reason: str
    ) -> list[NewMessage]:
        issue.offer(department, person.id, self._offer_until(issue, department))
        self.save(issue, "issue.offer", to=department)
        holder = self.tx.people.get(issue.representative_id or 0).name
        note = words.offered_note(reason, holder)
        return self.notices.to_representative(issue, project, person, note)

    def _take_over(self, issue: Issue, project: Project, by: Person) -> list[NewMessage]:
        """The old holder is told that it is over."""
        was, old = issue.department, self.tx.people.get(issue.representative_id or 0)
        department = issue.offered_department or ""
        guess = self._chosen(issue, project, department, f"由{old.name}转办")
        issue.take_over(by.id, guess.why)
        self.turn(issue, TurnKind.TAKEN, by=by, of=was, to=department)
        self.learn(issue, project, department)
        text = words.taken_over(issue, self.site.departments[department].name, by.name)
        return [self.notices.say_to(old, text, subject_of(issue))]

    def _chosen(self, issue: Issue, project: Project, department: str, why: str) -> routing.Guess:
        """A person's choice, with what the rules know of who helps that department."""
        known = next((g for g in self.guesses(issue, project) if g.department == department), None)
        helpers = known.helpers if known else ()
        return routing.Guess(department, 0, (why,), helpers)

    def must_be_on_duty(self, department: str, issue: Issue) -> Person:
        person = self.on_duty(department, issue)
        if person is None:
            name = self.site.departments[department].name
            raise InvalidAnswer(f"{name}今天没有在岗代表，请联系该部门补登记，或换一个部门。")
        return person

    def _offer_until(self, issue: Issue, department: str) -> datetime:
        """As long as that department would have to take it, were it the first."""
        return plan_for(issue, self.rules_of(department), self.now).respond_by

    # ------------------------------------------------------------ the officer's desk

    def to_desk(self, issue: Issue, project: Project, why: str, line: str) -> list[NewMessage]:
        """Nobody holds it any more, and no department gave it back: the officer finds somebody."""
        told = self.notices.settle_cards(issue, project, line)
        guesses = () if issue.private else self.guesses(issue, project)
        return [*told, *self._to_desk(issue, project, why, "issue.triage", guesses)]

    def _to_desk(
        self, issue: Issue, project: Project, why: str, action: str, guesses: Sequence[routing.Guess]
    ) -> list[NewMessage]:
        issue.to_triage(why)
        self.save(issue, action, guesses=[guess.department for guess in guesses[:2]])
        return self._desk_cards(issue, project, guesses)

    def _back_to_desk(self, issue: Issue, project: Project, line: str, action: str) -> list[NewMessage]:
        """Given away by a department: the officer sees everything that was said against it."""
        turns = self.tx.turns.of(issue.no)
        gone = returned_by(turns)
        last = returns(turns)[-1]
        name = self.site.departments[last.department].short if last.department else ""
        guesses = [guess for guess in self.guesses(issue, project) if guess.department not in gone]
        told = self.notices.settle_cards(issue, project, line)
        why = f"{name}认为不属本部门：{last.words}"
        return [*told, *self._to_desk(issue, project, why, action, guesses)]

    def _desk_cards(
        self, issue: Issue, project: Project, guesses: Sequence[routing.Guess]
    ) -> list[NewMessage]:
        """Whole before the card: what every department said, and what the past and the rules think of it."""
        gone = returns(self.tx.turns.of(issue.no))
        officer = self.notices.desk_of(issue, project)
        said = self._said_against(gone) if len(gone) > 1 else ""
        spoken = traits(features_of(self, issue, project), self.site.routing)
        texts = [words.returned_again(issue, project, said)] if said else []
        texts += [words.traits(issue, spoken)] if spoken and not said else []
        able = [guess.department for guess in guesses if self.on_duty(guess.department, issue)]
        offered = able[:2]
        learnt = self._suggestion(issue, project)
        if learnt and learnt[0] not in offered:
            offered = [*offered[:1], learnt[0]]
        texts += [learnt[1]] if learnt else []
        shorts = tuple((key, self.site.departments[key].short) for key in offered)
        desk = Desk(shorts, said, bool(said or spoken))
        rows = [self.notices.say_to(officer, text, subject_of(issue)) for text in texts]
        return [*rows, self.notices.to_desk(issue, project, desk)]

    def _said_against(self, gone: Sequence[Turn]) -> str:
        people = self.tx.people.many({turn.person_id for turn in gone if turn.person_id})
        names = {person.id: person.name for person in people}
        return words.said_against(gone, names, self.site, self.calendar.zone)

    def _point_out_traits(self, issue: Issue, project: Project) -> list[NewMessage]:
        """跨部门、跨区域、跨层级: the officer is pointed to the joint meeting, and decides (R134)."""
        found = traits(features_of(self, issue, project), self.site.routing)
        if not found:
            return []
        officer = self.notices.desk_of(issue, project)
        return [self.notices.say_to(officer, words.traits(issue, found), subject_of(issue))]

    def _to_desk_in_private(self, issue: Issue, project: Project) -> list[NewMessage]:
        issue.to_triage("针对个人的反映")
        self.save(issue, "issue.triage")
        by = self.tx.people.get(issue.raised_by).name
        text = words.private_told(issue, project, by)
        officer = self.notices.desk_of(issue, project)
        people = [one for one in self.supervisors(issue) if one.id != officer.id]
        rows = [self.notices.say_to(one, text, subject_of(issue)) for one in people]
        return [*rows, self.notices.to_desk(issue, project)]

    # ------------------------------------------------------------ what was learnt

    def _lesson(
        self, issue: Issue, project: Project, department: str = "", guess: str | None = None
    ) -> Lesson:
        plain = without_people(issue.description, self._names(project))
        return Lesson(issue.item_id, issue.category, plain, department, guess)

    def _names(self, project: Project) -> list[str]:
        """Of everybody and everything that could stand in the words."""
        tied = [person.name for person, _ in self.tx.people.of_project(project.id)]
        officers = [person.name for role in OFFICERS for person in self.tx.people.with_role(role)]
        enterprise = self.tx.projects.enterprise(project.enterprise_id)
        return [*tied, *officers, enterprise.name, project.name, project.short_name, project.code]

    def _suggestion(self, issue: Issue, project: Project) -> tuple[str, str] | None:
        """The department the past speaks for and the sentence that says why; silent until it may speak."""
        needed = self.site.routing.lessons_needed
        if issue.private or self.tx.lessons.count() < needed:
            return None
        found = suggest(self.tx.lessons.newest(), self._lesson(issue, project), needed)
        if found is None or found.department not in self.site.departments:
            return None
        if found.department in returned_by(self.tx.turns.of(issue.no)):
            return None
        name = self.site.departments[found.department].name
        return found.department, words.suggestion(issue, name, found.agree, found.alike)


def features_of(work: IssueWork, issue: Issue, project: Project) -> Features:
    """As they were when it was filed: the department of a problem is the named one only until it is routed."""
    turns = work.tx.turns.of(issue.no)
    named = next((t.to_department for t in turns if t.kind is TurnKind.FILED), None)
    if issue.status is IssueStatus.NEW:
        named = issue.department
    item = work.site.catalogue.items.get(issue.item_id or "")
    known = named if named in work.site.departments else None
    return Features(issue.description, issue.category, item, known, project.type, project.facts)
