"""延期 of an issue: asked for by the holder before expiry, granted or refused by whom the site names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.cards import issue_cards
from bot.issue_routing import IssueRouting
from bot.notices import subject_of
from bot.texts import clocks as words
from domain.errors import InvalidAnswer
from domain.escalation import silence_steps
from domain.extensions import Extension, ExtensionState, read_wish
from domain.issue_privacy import may_see_private
from domain.issues import WITH_DEPARTMENT, Issue, Step, StepKind
from domain.people import Person, Role
from domain.project import Project
from storage.outbox import NewMessage


@dataclass(frozen=True)
class IssueExtensions:
    work: IssueRouting

    # ------------------------------------------------------------ asked

    def ask(self, issue: Issue, project: Project, by: Person, text: str) -> tuple[str, list[NewMessage]]:
        """Before expiry, with a reason, as often as the site allows. What is said, and the cards."""
        days, reason = read_wish(issue.no, text)
        was = self._must_be_extendable(issue, project, by, days)
        work = self.work
        kept = work.tx.extensions.asked(issue.no)
        if kept:  # of a holder who has it no more
            work.tx.extensions.decide(kept.id, ExtensionState.LAPSED, None, work.now)
        asked = work.tx.extensions.ask(issue.no, days, reason, by=by.id, at=work.now, was_by=was)
        steps = tuple(step for step in issue.steps if step.about not in ("silence", "extension"))
        # Asking is a sign of life: the watch for silence begins anew.
        issue.steps = (*steps, *silence_steps(issue, work.rules(issue), work.now), *self._reminder(was))
        work.save(issue, "issue.extension_asked")
        dates = work.notices.when(was), work.notices.when(self._extended(issue, days))
        wish = issue_cards.Wish(asked, days, reason, by.name, *dates)
        people = self._granters(issue, project)
        rows = [row for person in people for row in work.notices.to_granter(issue, project, person, wish)]
        whom = "、".join(person.name for person in people)
        return words.extension_asked(issue, days, whom, *dates), rows

    def _must_be_extendable(self, issue: Issue, project: Project, by: Person, days: int) -> datetime:
        rule, no, when = self.work.site.deadlines.extension, issue.no, self.work.notices.when
        officer = self.work.notices.desk_of(issue, project).name
        if issue.status not in WITH_DEPARTMENT or issue.answer_by is None or not issue.representative_id:
            raise InvalidAnswer(
                f"问题{no}现在没有部门在计的答复时限，不用申请延期。发送“问题{no} 进度”可查看。"
            )
        if issue.representative_id != by.id:
            holder = self.work.tx.people.get(issue.representative_id).name
            raise InvalidAnswer(
                f"问题{no}的延期由办理人{holder}提出，请由{holder}发送“申请延期 {no} 工作日数 原因”。"
            )
        if self.work.now > issue.answer_by:
            raise InvalidAnswer(words.too_late_to_extend(issue, when(issue.answer_by), officer))
        if issue.extended >= rule.times:
            raise InvalidAnswer(words.extended_already(issue, when(issue.answer_by)))
        if days > rule.days:
            raise InvalidAnswer(
                f"延期最多{rule.days}个工作日，例如：申请延期 {no} {rule.days}个工作日 原因。"
            )
        if self._waiting(issue):
            whom = "、".join(person.name for person in self._granters(issue, project))
            raise InvalidAnswer(f"问题{no}的延期申请还在等{whom}决定，不用重复提出。")
        return issue.answer_by

    def _granters(self, issue: Issue, project: Project) -> list[Person]:
        """Who gets the card: the project's officer where that role may grant, else whoever has the role."""
        roles = self.work.site.deadlines.extension.granted_by
        if Role.SERVICE_OFFICER in roles:
            return [self.work.notices.desk_of(issue, project)]
        found = [person for role in roles for person in self.work.tx.people.with_role(role)]
        return [one for one in found if not issue.private or may_see_private(one, issue, project)]

    def _reminder(self, last: datetime) -> list[Step]:
        """Nobody forgets to decide: reminded when the office opens on the last day."""
        calendar, roles = self.work.calendar, self.work.site.deadlines.extension.granted_by
        at = calendar.opening(last.astimezone(calendar.zone).date())
        to = Role.SERVICE_OFFICER if Role.SERVICE_OFFICER in roles else roles[0]
        return [Step(at, StepKind.REMIND, "extension", to)] if at > self.work.now else []

    def _extended(self, issue: Issue, days: int) -> datetime:
        calendar = self.work.rules(issue).hours
        last = (issue.answer_by or self.work.now).astimezone(calendar.zone).date()
        return calendar.closing(calendar.add_working_days(last, days))

    # ------------------------------------------------------------ decided

    def _waiting(self, issue: Issue) -> Extension | None:
        """One that was asked for by who holds it now, on the clock that runs now."""
        found = self.work.tx.extensions.asked(issue.no)
        if found is None or issue.status not in WITH_DEPARTMENT:
            return None
        anew = issue.clock_from is not None and issue.clock_from > found.asked_at
        return None if anew or found.asked_by != issue.representative_id else found

    def waiting(self, issue: Issue, extension_id: int | None = None) -> Extension:
        """The one to decide; by a card that very one."""
        found = self._waiting(issue)
        if found is None or (extension_id is not None and found.id != extension_id):
            raise InvalidAnswer(
                f"问题{issue.no}没有等您决定的延期申请。发送“问题{issue.no} 进度”可查看现在的时限。"
            )
        return found

    def grant(
        self, issue: Issue, project: Project, by: Person, asked: Extension, but: str | None = None
    ) -> list[NewMessage]:
        """The clock is moved; holder and enterprise hear the new date, the enterprise also why."""
        work, known = self.work, issue.answer_by
        new = self._extended(issue, asked.days)
        work.tx.extensions.decide(asked.id, ExtensionState.GRANTED, by.id, work.now)
        issue.extend(new)
        work.save(issue, "issue.extension_granted")
        holder = work.tx.people.get(asked.asked_by)
        text = words.granted_to_holder(issue, by.name, work.notices.when(new))
        told = work.notices.settle_wish(issue, project, asked.id, "已同意延期", but=but)
        told.append(work.notices.say_to(holder, text, subject_of(issue)))
        reason = f"部门申请延期{asked.days}个工作日——{asked.reason}"
        return [*told, *work.follow(issue), *work.new_date(issue, project, known, reason)]

    def refuse(
        self, issue: Issue, project: Project, by: Person, reason: str, but: str | None = None
    ) -> list[NewMessage]:
        work, asked = self.work, self.waiting(issue)
        work.tx.extensions.decide(asked.id, ExtensionState.REFUSED, by.id, work.now)
        issue.steps = tuple(step for step in issue.steps if step.about != "extension")
        work.save(issue, "issue.extension_refused")
        holder = work.tx.people.get(asked.asked_by)
        text = words.refused_to_holder(issue, by.name, reason, work.notices.when(issue.answer_by))
        told = work.notices.settle_wish(issue, project, asked.id, "不同意延期", but=but)
        return [*told, work.notices.say_to(holder, text, subject_of(issue))]
