"""What the clock does to an issue when a step falls due: tell, pass to the B post, take back.

The caller holds the issue's row locked: an answer at the same instant comes before or after, never in between.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.issue_routing import IssueRouting
from bot.notices import subject_of
from bot.texts import clocks as words
from bot.texts import issues as issue_words
from domain.escalation import postponed, rests_on_a_guess
from domain.issue_privacy import may_see_private
from domain.issues import WITH_DEPARTMENT, Issue, Step, StepKind
from domain.ladders import B_POST, DEPUTY, HOLDER
from domain.people import Person, Post, Role
from domain.project import Project
from storage.outbox import NewMessage

_OFFICERS_OWN = ("triage", "release", "coordinate")
_OF_DEPARTMENT = (B_POST, Role.DEPARTMENT_CHIEF, Role.DEPARTMENT_LEADER)


Press = Callable[[Issue, Project], list[NewMessage]]


@dataclass(frozen=True)
class IssueClocks:
    """`press`: what issues the form of a press (督办); empty when there is none to issue."""

    work: IssueRouting
    press: Press | None = None

    # ------------------------------------------------------------ steps that fall due

    def fall_due(self, issue: Issue, project: Project) -> list[NewMessage]:
        """Take the due steps off the issue, do what they say, plan what comes next."""
        work = self.work
        rules = work.rules(issue)
        due = issue.done_until(work.now, lambda step: rules.may(step, work.now))
        due = tuple(step for step in due if not step.moot(issue.status))
        now, waiting = self._pressing(issue, due)
        issue.steps = (*issue.steps, *(postponed(step, work.calendar, work.now) for step in waiting))
        rows = [self._press_waits(issue, project)] if waiting else []
        fired = _coalesced(now)
        issue.told_level = max([issue.told_level, *(s.level for s in fired if s.about == "answer")])
        told: set[tuple[str, str]] = set()
        for step in fired:
            if not step.moot(issue.status):  # one before it may have moved the issue on
                rows += self._do(issue, project, step, told)
        work.save_quietly(issue)
        for step in now:
            details = {"to": step.to, "about": step.about, "due": step.at.isoformat()}
            work.tx.audit.add(
                project.id, work.now, work.actor, f"issue.{step.kind}", subject_of(issue), details
            )
        return rows

    def _pressing(self, issue: Issue, due: Sequence[Step]) -> tuple[list[Step], list[Step]]:
        """A formal press never rests on a guessed calendar: it waits, the rest goes on."""
        guess = rests_on_a_guess(issue, self.work.calendar)
        waiting = [step for step in due if step.formal and guess and not step.any_time]
        return [step for step in due if step not in waiting], waiting

    def _press_waits(self, issue: Issue, project: Project) -> NewMessage:
        work = self.work
        due = issue.answer_by if issue.status in WITH_DEPARTMENT else issue.desk_by
        officer = work.notices.desk_of(issue, project)
        once = f"press-waits:{issue.no}:{due.isoformat() if due else ''}"
        text = words.press_waits(issue, work.calendar, due)
        return work.notices.say_to(officer, text, subject_of(issue), once=once)

    def _do(self, issue: Issue, project: Project, step: Step, told: set[tuple[str, str]]) -> list[NewMessage]:
        if step.kind is StepKind.TAKE_BACK:
            return self._take_back(issue, project, step)
        if step.kind is StepKind.RELEASE:
            return self._release(issue, project)
        return self._pressed(issue, project, step) or self._told(issue, project, step, told)

    def _pressed(self, issue: Issue, project: Project, step: Step) -> list[NewMessage]:
        """The form of a press, which tells everybody; none for what is told at night, or when one is open."""
        return self.press(issue, project) if self.press and step.formal and not step.any_time else []

    def _told(
        self, issue: Issue, project: Project, step: Step, told: set[tuple[str, str]]
    ) -> list[NewMessage]:
        people = self._people(step, issue, project)
        if step.takes_over and people:
            return self._take_over(issue, project, people[0])
        if not people:
            return self._nobody(issue, project, step)
        if step.to == B_POST and step.about == "respond":
            return self._ask_beside(issue, project, people)
        once = f"step:{issue.no}:{issue.version}:{step.kind}:{step.about}:{step.to}:{step.at.isoformat()}"
        rows = []
        for person in people:
            if (person.userid, step.about) not in told:
                told.add((person.userid, step.about))
                text = self._text(issue, project, step)
                rows.append(
                    self.work.notices.say_to(
                        person, text, subject_of(issue), once=f"{once}:{person.userid}", urgent=step.any_time
                    )
                )
        return rows

    def _release(self, issue: Issue, project: Project) -> list[NewMessage]:
        """The officer was silent: as the site's rule says, told first and with the minutes to take it back (R130)."""
        work = self.work
        if issue.private:
            return []
        days = work.site.deadlines.auto_release
        told, at = work.release(issue, project, rule=words.released_by_rule(days))
        officer = work.notices.desk_of(issue, project)
        text = words.will_be_released(issue, project, days, work.notices.when(at))
        return [*told, work.notices.say_to(officer, text, subject_of(issue))]

    def _ask_beside(self, issue: Issue, project: Project, b_posts: Sequence[Person]) -> list[NewMessage]:
        """Not taken in time: the B post gets the card too and may take it; until then A stays responsible (R040)."""
        work = self.work
        holder = work.tx.people.get(issue.representative_id).name if issue.representative_id else ""
        note = words.b_post_asked(holder, work.notices.when(issue.respond_by))
        return [row for one in b_posts for row in work.notices.to_representative(issue, project, one, note)]

    def _people(self, step: Step, issue: Issue, project: Project) -> list[Person]:
        """Of those behind a rung, whoever may know of it."""
        found = self._behind(step, issue, project)
        return [one for one in found if not issue.private or may_see_private(one, issue, project)]

    def _behind(self, step: Step, issue: Issue, project: Project) -> list[Person]:
        tx = self.work.tx
        if step.to == HOLDER or not step.to:
            return [tx.people.get(issue.representative_id)] if issue.representative_id else []
        if step.to == B_POST:
            return self._b_posts(issue)
        if step.to == DEPUTY:
            return [tx.people.get(project.deputy_id)] if project.deputy_id else []
        if step.to == Role.REPRESENTATIVE:
            return [tx.people.get(issue.representative_id)] if issue.representative_id else []
        return self.work.notices.people_to_tell(step.to, issue, project)

    def _b_posts(self, issue: Issue) -> list[Person]:
        """AB 岗 (R040): the department's other representatives of the B post who are there today."""
        if issue.department is None:
            return []
        day = self.work.now.astimezone(self.work.calendar.zone).date()
        found = []
        for person in self.work.tx.people.of_department(issue.department, Role.REPRESENTATIVE):
            there = any(
                duty.post is Post.B and duty.department == issue.department and not duty.on_leave(day)
                for duty in person.duties
            )
            if there and person.id not in (issue.representative_id, issue.relieved_id):
                found.append(person)
        return found

    def _nobody(self, issue: Issue, project: Project, step: Step) -> list[NewMessage]:
        """A level without anybody is not lost: the officer hears of it. The B post and the deputy may be missing."""
        if step.to == DEPUTY or (issue.private and step.to in _OF_DEPARTMENT):
            return []
        work = self.work
        officer = work.notices.desk_of(issue, project)
        department = work.site.departments[issue.department].short if issue.department else "本单位"
        text = words.nobody_there(issue, step.to, department)
        once = f"nobody:{issue.no}:{issue.version}:{step.about}:{step.to}"
        return [work.notices.say_to(officer, text, subject_of(issue), once=once)]

    def _text(self, issue: Issue, project: Project, step: Step) -> str:
        work, zone = self.work, self.work.calendar.zone
        if step.about == "extension":
            asked = work.tx.extensions.asked(issue.no)
            name = work.tx.people.get(asked.asked_by).name if asked else ""
            return words.extension_waits(issue, asked.days if asked else 0, name)
        if step.about in _OFFICERS_OWN:
            officer = work.notices.desk_of(issue, project)
            if step.kind is StepKind.REMIND:
                return words.desk_due(issue, project, step.about, zone)
            return words.desk_late(issue, project, step, officer.name, zone)
        if step.about == "silence":
            return words.still_silent(issue, work.site.deadlines.ladder.silence, zone)
        if step.kind is StepKind.REMIND:
            return issue_words.remind(issue, step.about, zone)
        return self._late(issue, project, step)

    def _late(self, issue: Issue, project: Project, step: Step) -> str:
        work, zone = self.work, self.work.calendar.zone
        holder = work.tx.people.get(issue.representative_id).name if issue.representative_id else ""
        if step.to == HOLDER:
            return words.holder_late(issue, zone)
        if step.to == B_POST:
            return words.b_post_told(issue, project, holder, zone)
        return issue_words.escalated(issue, project, step, holder, work.site, zone)

    # ------------------------------------------------------------ taken over, taken back

    def _take_over(self, issue: Issue, project: Project, b_post: Person) -> list[NewMessage]:
        """The B post becomes the holder; the dates the enterprise was told stay."""
        work = self.work
        before = work.tx.people.get(issue.representative_id) if issue.representative_id else None
        why = words.taken_over(before.name if before else "", b_post.name)
        settled = work.notices.settle_cards(issue, project, f"已转B岗{b_post.name}")
        issue.relieve(b_post.id)
        told = work.notices.to_representative(issue, project, b_post, why)
        if before:
            text = words.lost_it(issue, f"B岗{b_post.name}办理")
            told.append(work.notices.say_to(before, text, subject_of(issue)))
        officer = work.notices.desk_of(issue, project)
        told.append(work.notices.say_to(officer, f"问题{issue.no}：{why}。", subject_of(issue)))
        return [*settled, *told]

    def _take_back(self, issue: Issue, project: Project, step: Step) -> list[NewMessage]:
        """Taken and then nothing: to the B post where the site says so and there is one, else to the desk."""
        work = self.work
        others = self._b_posts(issue) if step.to == B_POST and not issue.private else []
        if others:
            return self._take_over(issue, project, others[0])
        holder = work.tx.people.get(issue.representative_id) if issue.representative_id else None
        hours = work.site.deadlines.ladder.silence.take_back_after
        told = work.to_desk(issue, project, words.silent(holder.name if holder else "", hours), "已收回")
        officer = work.notices.desk_of(issue, project)
        if holder:
            text = words.lost_to_desk(issue, officer.name)
            told.append(work.notices.say_to(holder, text, subject_of(issue)))
        return told


def _coalesced(due: Sequence[Step]) -> list[Step]:
    """After an outage: every level that is due is told, a reminder only when nothing worse is due."""
    worse = [step for step in due if step.kind is not StepKind.REMIND]
    return worse or list(due[-1:])
