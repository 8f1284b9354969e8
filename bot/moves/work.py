"""CaseWork: what every move of a case is made with – the row held, the change kept with its audit row and ledger
entry, the forms numbered, and who is told. Checks first, changes then; sends nothing itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from bot.context import Context
from bot.documents import known
from bot.notices import Notices
from bot.platform import Paper
from bot.records import to_record
from domain.calendar import WorkCalendar
from domain.case import OPEN_CASES, Case, CaseStatus, ContactChannel, ServiceType
from domain.errors import NotFound
from domain.filled_forms import FilledForm, FormState
from domain.ledger import BY_ITSELF, LogEntry, LogStatus, Milestone
from domain.people import Person, Role
from domain.project import Project
from domain.site import Site
from storage.outbox import NewMessage
from storage.store import Transaction


@dataclass(frozen=True)
class CaseWork:
    """`actor`: None for the clock and the command line."""

    tx: Transaction
    site: Site
    calendar: WorkCalendar
    now: datetime
    actor: Person | None = None
    inbox_id: int | None = None
    channel: ContactChannel = ContactChannel.CHAT

    @property
    def today(self) -> date:
        return self.now.astimezone(self.calendar.zone).date()

    @property
    def notices(self) -> Notices:
        return Notices(self.tx, self.site, self.calendar, self.now, self.inbox_id)

    @property
    def actor_name(self) -> str:
        return self.actor.name if self.actor else BY_ITSELF

    # ------------------------------------------------------------ finding

    def locked(self, case_id: int) -> tuple[Case, Project]:
        case = self.tx.cases.get(case_id, lock=True)
        if case is None:
            raise NotFound("case")
        return case, self.tx.projects.get(case.project_id)

    def case_of(self, project: Project, *wanted: CaseStatus) -> Case:
        """The project's newest case in one of these states (open ones when none is given), its row held. Raises
        NotFound."""
        states = frozenset(wanted) or OPEN_CASES
        found = [one for one in self.tx.cases.of_project(project.id) if one.status in states]
        if not found:
            raise NotFound("case")
        case, _ = self.locked(found[-1].id)
        if case.status not in states:  # somebody moved it on while we waited for the row
            raise NotFound("case")
        return case

    def signatories(self, project: Project, role: Role) -> list[Person]:
        """Who may sign for a side: the project's contact or signatory, or its service officers."""
        if role is Role.SERVICE_OFFICER:
            ids = [project.officer_id, *([project.deputy_id] if project.deputy_id else [])]
            return self.tx.people.many(ids)
        return [person for person, one in self.tx.people.of_project(project.id) if one is role]

    # ------------------------------------------------------------ keeping

    def save(self, case: Case, action: str, details: Mapping[str, Any] | None = None) -> Case:
        """`action`: like "case.accept"; `details`: ids and states, never people's words."""
        saved = self.tx.cases.save(case)
        self.audit(case.project_id, action, f"case:{case.id}", {"status": case.status, **(details or {})})
        return saved

    def audit(
        self, project_id: int, action: str, subject: str, details: Mapping[str, Any] | None = None
    ) -> None:
        actor = self.actor.userid if self.actor else "clock"
        self.tx.audit.add(project_id, self.now, actor, action, subject, details)

    def number(self, form: str) -> str:
        """The next one of this kind: YX-WT-2026-0001."""
        year = self.today.year
        counter = f"case:{year}" if form == "F1" else f"form:{form}:{year}"
        return self.site.form_number(form, year, self.tx.sites.next_number(counter))

    def fill(  # noqa: PLR0913 – a row has as many columns as it has
        self, form: str, project: Project, case: Case | None, values: Mapping[str, Any], *,
        signers: Sequence[Role] = (), state: FormState = FormState.ISSUED, no: str = "", version: int = 1,
    ) -> FilledForm:  # fmt: skip
        """A form filled in and kept; numbered unless `no` is given. One without signers is complete at once. What the
        office knows already stands in it unless `values` say otherwise (R112)."""
        if state is FormState.ISSUED and not signers:
            state = FormState.SIGNED
        number = no or self.number(form)
        told = known.for_form(self.tx, self.site, self.site.forms[form], project, case)
        filled = FilledForm(
            0, number, form, project.id, case.id if case else None, {**told, **values, "no": number}, version, state,
            tuple(signers), (), self.actor.id if self.actor else None, self.now,
        )  # fmt: skip
        filled = replace(filled, id=self.tx.forms.add(filled))
        self.audit(project.id, "form.fill", f"form:{filled.id}", {"form": form, "version": version})
        return filled

    def next_version(
        self, old: FilledForm, project: Project, case: Case | None, values: Mapping[str, Any],
        *, state: FormState = FormState.ISSUED,
    ) -> FilledForm:  # fmt: skip
        """The same number with new content: the old one is void, signatures are asked for anew."""
        self.tx.forms.save(old.voided())
        return self.fill(
            old.form, project, case, values,
            signers=old.signers, state=state, no=old.no, version=old.version + 1,
        )  # fmt: skip

    def log(  # noqa: PLR0913 – a row has as many columns as it has
        self, project: Project, case: Case | None, summary: str, answer: str = "", *, subject: str = "",
        item_id: str | None = None, milestone: Milestone = Milestone.NONE, next_step: str = "",
        status: LogStatus = LogStatus.OPEN, service_type: ServiceType = ServiceType.HANDLE,
        channel: ContactChannel | None = None,
    ) -> int:  # fmt: skip
        """A row of ledger and log (R092, R096)."""
        entry = self.site.catalogue.items.get(item_id or "")
        departments = "、".join(self.site.departments[d].name for d in entry.departments) if entry else ""
        return self.tx.ledger.add(
            LogEntry(
                0,
                project.id,
                case.id if case else None,
                self.now,
                summary,
                answer,
                channel or self.channel,
                service_type,
                item_id,
                milestone,
                departments,
                next_step,
                status,
                self.actor_name,
                subject,
            )
        )  # fmt: skip

    # ------------------------------------------------------------ telling

    def tell(
        self, person: Person, text: str, subject: str, *, once: str | None = None, urgent: bool = False
    ) -> NewMessage:
        return self.notices.say_to(person, text, subject, once=once, urgent=urgent)

    def tell_officer(self, project: Project, text: str, subject: str) -> NewMessage:
        return self.tell(self.tx.people.get(project.officer_id), text, subject)

    def tell_enterprise(self, project: Project, text: str, subject: str) -> list[NewMessage]:
        """Contact and signatory, each once."""
        people = {person.id: person for person, _ in self.tx.people.of_project(project.id)}
        return [self.tell(person, text, subject) for person in people.values()]

    def tell_group(
        self, project: Project, text: str, subject: str, *, mention: Sequence[Person] = ()
    ) -> NewMessage:
        return self.notices.post(project, text, subject, self.now, mention=mention)

    def send_form(self, person: Person, form: FilledForm) -> NewMessage:
        """The paper as a file, made when it is sent."""
        paper = to_record(Paper("filled", str(form.id), form.project_id))
        return NewMessage("person", person.userid, paper, f"form:{form.id}", self.now, inbox_id=self.inbox_id)


def case_work(context: Context) -> CaseWork:
    channel = ContactChannel.GROUP if context.message.in_group else ContactChannel.CHAT
    return CaseWork(
        context.tx, context.site, context.calendar, context.now, context.sender, context.inbox_id, channel
    )
