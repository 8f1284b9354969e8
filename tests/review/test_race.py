"""The clock against people and against itself, on real row locks."""

from __future__ import annotations

import threading
from datetime import timedelta

from sqlalchemy import text

from bot.issue_work import IssueWork
from bot.wiring import Parts
from domain.errors import DomainError
from domain.issues import Category, Issue, IssueStatus, Step, StepKind
from domain.people import Person
from domain.pressing import Urge
from scheduler import lines
from scheduler.jobs import escalations
from storage.errors import StorageError
from tests.county import STARTS
from tests.talk import Talk

ROUNDS = 1000


def test_an_acknowledgement_racing_an_escalation_never_yields_both(on_postgres: Talk) -> None:
    """A thousand times: either the A post has it and nobody was told, or the B post has it and the A post was
    refused."""
    parts = on_postgres.parts
    a, b = _people(parts)
    first = _file(parts, ROUNDS, a, takes_over=True)
    at = STARTS + timedelta(minutes=1)
    gate = threading.Barrier(2)
    taken: dict[int, bool] = {}

    def acknowledge() -> None:
        for no in range(first, first + ROUNDS):
            gate.wait()
            taken[no] = _accept(parts, no, a, at)

    def escalate() -> None:
        for no in range(first, first + ROUNDS):
            gate.wait()
            escalations.one(parts, no, at)

    _side_by_side(acknowledge, escalate)
    with parts.store.engine.connect() as connection:
        escalated = set(
            connection.execute(text("SELECT subject FROM audit WHERE action = 'issue.escalate'")).scalars()
        )
        told = set(connection.execute(text("SELECT subject FROM outbox")).scalars())
    for no in range(first, first + ROUNDS):
        issue = on_postgres.issue(no)
        if taken[no]:
            assert (issue.status, issue.representative_id) == (IssueStatus.ACCEPTED, a.id)
            assert f"issue:{no}" not in escalated | told
        else:
            assert (issue.status, issue.representative_id) == (IssueStatus.ASSIGNED, b.id)
            assert f"issue:{no}" in escalated & told
    assert 0 < sum(taken.values()) < ROUNDS  # both happened


def test_three_workers_and_two_schedulers_never_escalate_twice(on_postgres: Talk) -> None:
    parts = on_postgres.parts
    a, _ = _people(parts)
    first = _file(parts, 60, a, takes_over=False)
    at = STARTS + timedelta(minutes=1)

    def work() -> None:
        for _ in range(3):
            lines.run(parts, lines.LINES["escalations"], at)

    _side_by_side(*[work] * 5)
    for no in range(first, first + 60):
        with parts.store.reading() as tx:
            actions = [action for _, _, action, _ in tx.audit.of_subject(f"issue:{no}")]
            rows = tx.outbox.about(f"issue:{no}")
        assert actions == ["issue.escalate"]
        assert len(rows) == 1


def test_three_workers_and_two_schedulers_press_and_urge_once(on_postgres: Talk) -> None:
    """督办 of the last level: one form, one telling; 催办 that waited for the morning: one message."""
    parts = on_postgres.parts
    a, _ = _people(parts)
    first = _file(parts, 20, a, takes_over=False, formal=True)
    with parts.store.transaction() as tx:
        for no in range(first, first + 20):
            tx.urges.add(Urge(0, 1, no, None, a.id, a.id, STARTS))
    at = STARTS + timedelta(days=1, minutes=1)

    def work() -> None:
        for name in ("escalations", "pressing") * 3:
            lines.run(parts, lines.LINES[name], at)

    _side_by_side(*[work] * 5)
    with parts.store.engine.connect() as connection:
        pressed = list(connection.execute(text("SELECT issue_no FROM presses ORDER BY issue_no")).scalars())
        forms = connection.execute(text("SELECT count(*) FROM filled_forms WHERE form = 'F27'")).scalar()
        query = text("SELECT target, count(*) FROM outbox WHERE subject = 'urge' GROUP BY target")
        urged = [tuple(row) for row in connection.execute(query)]
    assert pressed == [*range(first, first + 20)]
    assert forms == 20
    assert urged == [(a.userid, 1)]


def _side_by_side(*work: object) -> None:
    failed: list[BaseException] = []

    def guarded(one: object) -> None:
        try:
            one()  # type: ignore[operator]
        except BaseException as error:  # noqa: BLE001
            failed.append(error)

    threads = [threading.Thread(target=guarded, args=(one,)) for one in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert failed == []


def _accept(parts: Parts, no: int, by: Person, at: object) -> bool:
    try:
        with parts.store.transaction() as tx:
            facts = parts.sites.get(tx)
            work = IssueWork(tx, facts.site, facts.calendar, at, by.userid)  # type: ignore[arg-type]
            issue, project = work.locked(no)
            work.accept(issue, project, by)
    except (DomainError, StorageError):
        return False
    return True


def _people(parts: Parts) -> tuple[Person, Person]:
    with parts.store.reading() as tx:
        found = tx.people.by_userids(["huang.zhijian", "luo.yan"])
    return found["huang.zhijian"], found["luo.yan"]


def _file(parts: Parts, count: int, holder: Person, *, takes_over: bool, formal: bool = False) -> int:
    """Issues with the A post whose time to take them is just over."""
    to = "supervisor" if formal else "b_post"
    step = Step(STARTS, StepKind.ESCALATE, "respond", to, 1, formal=formal, takes_over=takes_over)
    later = Step(STARTS + timedelta(days=30), StepKind.REMIND, "answer", "holder")
    with parts.store.transaction() as tx:
        raiser = tx.people.by_userid("chen.jing")
        assert raiser is not None
        numbers = [tx.sites.next_number("issue") for _ in range(count)]
        for no in numbers:
            tx.issues.add(
                Issue(
                    no, 1, None, Category.MATERIAL, "窗口要求补交清单外的证明", raiser.id, STARTS,
                    status=IssueStatus.ASSIGNED, department="zjj", representative_id=holder.id, steps=(step, later),
                    respond_by=STARTS, answer_by=STARTS + timedelta(days=31), clock_from=STARTS,
                )
            )  # fmt: skip
    return numbers[0]
