"""What was demanded too late or outside the list: kept, told to the service officer and the supervisors, answered."""

from __future__ import annotations

from bot.moves.which import Running
from bot.moves.work import CaseWork
from bot.texts import demands as texts
from domain.people import Role
from storage.defects import FOUNDED, JUSTIFIED, LATE, Defect
from storage.outbox import NewMessage

VERDICTS = {"属实": FOUNDED, "有依据": JUSTIFIED}


def note(work: CaseWork, running: Running, kind: str, what: str, head: str = "") -> list[NewMessage]:
    """Never into the group (R086). `head`: how it came up, where it was not reported by the enterprise."""
    person = work.actor.id if work.actor else None
    no = work.tx.defects.add(running.item.id, kind, what, person, work.now)
    work.audit(running.project.id, f"demand.{kind}", f"demand:{no}", {"item": running.entry.id})
    head = head or (texts.LATE_HEAD if kind == LATE else texts.OFF_LIST_HEAD)
    work.log(running.project, running.case, head, what, subject=f"demand:{no}", item_id=running.entry.id)
    item = f"{running.entry.spoken}（{work.site.departments[running.entry.lead].short}）"
    officer = work.tx.people.get(running.project.officer_id)
    supervisors = work.tx.people.with_role(Role.SUPERVISOR)
    people = [officer, *(p for p in supervisors if p.id != officer.id)]
    return [
        work.tell(
            one,
            texts.to_officials(no, running.project, item, head, what, officer=one.id == officer.id),
            f"demand:{no}",
        )
        for one in people
    ]


def newest(work: CaseWork, running: Running) -> Defect:
    return work.tx.defects.of_project(running.project.id)[-1]


def answer(work: CaseWork, running: Running, defect: Defect, verdict: str, words: str) -> list[NewMessage]:
    """The caller has made sure that it is open. Told to whoever reported it and to the supervisors."""
    work.tx.defects.answer(defect.id, VERDICTS[verdict], words)
    work.audit(
        running.project.id, "demand.answer", f"demand:{defect.id}", {"verdict": VERDICTS[verdict]}
    )  # fmt: skip
    work.log(
        running.project, running.case, f"清单外要求核实：{verdict}", words,
        subject=f"demand:{defect.id}", item_id=running.entry.id,
    )  # fmt: skip
    text = texts.verdict(defect.id, running.project, running.entry, defect.what, verdict, words)
    contacts = work.signatories(running.project, Role.ENTERPRISE_CONTACT)
    people = {p.id: p for p in (*contacts, *work.tx.people.with_role(Role.SUPERVISOR))}
    return [work.tell(one, text, f"demand:{defect.id}") for one in people.values()]
