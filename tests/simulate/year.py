"""A year of a county: people who answer in time, late or never, and the clock that is moved in ten-minute ticks."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import event

from bot.bootstrap import wire
from bot.issue_extensions import IssueExtensions
from bot.issue_routing import IssueRouting
from bot.settings import Settings
from domain.errors import DomainError
from domain.issues import Category, Issue, IssueStatus
from domain.people import Duty, Person, Post, Role
from scheduler import lines
from storage.migrating import migrate
from storage.store import Store, Transaction
from tests import factories
from tests.bench import stage

TICK = timedelta(minutes=10)
FIRST, LAST = (
    datetime(2025, 12, 31, 16, tzinfo=UTC),
    datetime(2026, 12, 31, 16, tzinfo=UTC),
)  # office days of 2026
PROJECTS, DEPARTMENTS = 200, ("zjj", "zrzy", "sthj", "swj", "gd")
SEED_TIME = datetime(2025, 12, 1, 1, tzinfo=UTC)
# How the people of a department behave, and how often.
HABITS = {"in_time": 60, "late": 15, "silent": 10, "takes_and_sleeps": 5, "transfer": 5, "extension": 5}
WORDS = (
    "施工许可窗口要求补交清单外的证明",
    "反复退件不说明原因",
    "建议把两次踏勘并成一次",
    "工地停水了没人处理",
)


@dataclass
class Year:
    folder: Path
    count: int
    seed: int
    left_over: list[str] = field(default_factory=list)
    habits: dict[int, str] = field(default_factory=dict)
    clocks: dict[int, tuple[datetime, datetime]] = field(default_factory=dict)  # of those nobody touches
    figures: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.dice = random.Random(self.seed)
        url = f"sqlite:///{self.folder / 'year.db'}"
        store = Store(url)
        migrate(store)
        stage.load_site(store, stage.CONFIG, SEED_TIME)
        with store.transaction() as tx:
            self._people(tx)
        store.close()
        env = stage.env_for(self.folder, url, REDIS_URL="redis://127.0.0.1:1")
        self.parts = wire(Settings.from_env(env))
        event.listen(self.parts.store.engine, "connect", _careless)
        self.plans: dict[datetime, list[tuple[str, int]]] = {}
        self._schedule()

    def close(self) -> None:
        self.parts.close()

    # ------------------------------------------------------------ the stage

    def _people(self, tx: Transaction) -> None:
        def person(userid: str, *duties: Duty) -> Person:
            return factories.person(tx, userid=userid, name="某某", duties=duties)

        self.officer = person("officer", Duty(Role.SERVICE_OFFICER, "zwfw"))
        person("supervisor", Duty(Role.SUPERVISOR, "zwfw"))
        self.by_id: dict[int, Person] = {}
        for department in DEPARTMENTS:
            for role, post in (
                (Role.REPRESENTATIVE, Post.A), (Role.REPRESENTATIVE, Post.B), (Role.DEPARTMENT_CHIEF, Post.A),
                (Role.DEPARTMENT_LEADER, Post.A),
            ):  # fmt: skip
                one = person(f"{department}.{role}.{post}".replace("_", "."), Duty(role, department, post))
                self.by_id[one.id] = one
        self.contact = factories.person(tx, userid="contact", name="陈静")
        enterprise = factories.enterprise(tx)
        self.projects = [
            factories.project(
                tx,
                code=f"SIM-2026-{n:03d}",
                officer_id=self.officer.id,
                enterprise_id=enterprise,
                contact_id=self.contact.id,
            ).id
            for n in range(PROJECTS)
        ]

    def _schedule(self) -> None:
        """Filed at any minute of the year, at night and on holidays too; the last weeks are left to finish."""
        ticks = int((LAST - FIRST - timedelta(days=30)) / TICK)
        for _ in range(self.count):
            self._at(FIRST + self.dice.randrange(ticks) * TICK, "file", 0)

    def _at(self, moment: datetime, what: str, no: int) -> None:
        self.plans.setdefault(moment, []).append((what, no))

    # ------------------------------------------------------------ the year

    def run(self) -> None:
        now = FIRST
        while now < LAST:
            due = self.plans.pop(now, ())
            if due:
                with self.parts.store.transaction() as tx:
                    for what, no in due:
                        self._do(tx, what, no, now)
            lines.run(self.parts, lines.LINES["escalations"], now)
            self._nothing_left(now)
            now += TICK

    def _nothing_left(self, now: datetime) -> None:
        """After the clock has looked, in office hours, nothing that is due may be left."""
        with self.parts.store.reading() as tx:
            facts = self.parts.sites.get(tx)
            urgent = not facts.calendar.is_open(now)
            left = tx.issues.with_step_due(now, 5, urgent_only=urgent)
            for no in left:
                issue = tx.issues.get(no)
                if issue and any(step.at <= now and (step.any_time or not urgent) for step in issue.steps):
                    self.left_over.append(f"issue {no} still due at {now.isoformat()}")

    def _do(self, tx: Transaction, what: str, no: int, now: datetime) -> None:
        if what == "file":
            self._file(tx, now)
            return
        facts = self.parts.sites.get(tx)
        work = IssueRouting(tx, facts.site, facts.calendar, now, "person")
        issue, project = work.locked(no)
        try:
            tx.outbox.add(getattr(self, f"_{what}")(work, issue, project), now)
            self.figures[what] += 1
        except DomainError:
            self.figures[f"{what} refused"] += 1

    def _file(self, tx: Transaction, now: datetime) -> None:
        facts = self.parts.sites.get(tx)
        work = IssueRouting(tx, facts.site, facts.calendar, now, "contact")
        category = self.dice.choice(
            [Category.MATERIAL, Category.POLICY, Category.OTHER, Category.CROSS_DEPARTMENT]
        )
        words = self.dice.choices(WORDS, weights=(50, 30, 15, 5))[0]
        issue = Issue(
            tx.sites.next_number("issue"), self.dice.choice(self.projects), None, category, words, self.contact.id,
            now, department=self.dice.choice(DEPARTMENTS),
        )  # fmt: skip
        tx.issues.add(issue)
        project = tx.projects.get(issue.project_id)
        tx.outbox.add(work.route(issue, project), now)
        habit = self.dice.choices(list(HABITS), weights=list(HABITS.values()))[0]
        self.habits[issue.no] = habit
        self.figures["filed"] += 1
        self.figures[f"habit {habit}"] += 1
        if habit == "silent" and issue.answer_by:
            self.clocks[issue.no] = now, issue.answer_by
        self._plan(issue, habit, now)

    def _plan(self, issue: Issue, habit: str, now: datetime) -> None:
        # In the end the officer answers whatever is still open.
        self._at(now + timedelta(days=self.dice.randrange(36, 42)), "finish", issue.no)

        def later(days: float) -> datetime:
            return now + TICK * max(1, int(days * 144))

        dice, no = self.dice, issue.no
        if habit == "silent":
            return
        if habit == "transfer":
            self._at(later(dice.uniform(0.1, 3)), "transfer", no)
            self._at(later(dice.uniform(4, 9)), "reply", no)
        else:
            self._at(later(dice.uniform(0.02, 6 if habit == "late" else 1)), "accept", no)
        if habit == "extension":
            self._at(later(dice.uniform(1.1, 6)), "extend", no)
        if habit in ("in_time", "extension"):
            self._at(later(dice.uniform(1.2, 3 if habit == "in_time" else 14)), "reply", no)
        if habit == "late":
            self._at(later(dice.uniform(7, 25)), "reply", no)

    # ------------------------------------------------------------ what people do

    def _accept(self, work: IssueRouting, issue: Issue, project: object) -> list[object]:
        return work.accept(issue, project, self.by_id[issue.representative_id or 0])  # type: ignore[arg-type, return-value]

    def _reply(self, work: IssueRouting, issue: Issue, project: object) -> list[object]:
        by = self.by_id.get(issue.representative_id or 0, self.officer)
        told = work.reply(issue, project, by, "已核实，按清单收件。")  # type: ignore[arg-type]
        what = self.dice.choices(["release", "return_draft", ""], weights=[85, 10, 5])[0]
        if what:
            self._at(work.now + TICK * self.dice.randrange(1, 400), what, issue.no)
        return told  # type: ignore[return-value]

    def _release(self, work: IssueRouting, issue: Issue, project: object) -> list[object]:
        return work.release(issue, project)[0]  # type: ignore[arg-type, return-value]

    def _finish(self, work: IssueRouting, issue: Issue, project: object) -> list[object]:
        told = []
        if issue.status is not IssueStatus.ANSWERED:
            told = work.reply(issue, project, self.officer, "已协调办理。")  # type: ignore[arg-type]
        return [*told, *work.release(issue, project)[0]]  # type: ignore[arg-type]

    def _return_draft(self, work: IssueRouting, issue: Issue, project: object) -> list[object]:
        told = work.return_draft(issue, project, "请补充办理时间", self.officer)  # type: ignore[arg-type]
        self._at(work.now + TICK * self.dice.randrange(10, 900), "reply", issue.no)
        return told  # type: ignore[return-value]

    def _transfer(self, work: IssueRouting, issue: Issue, project: object) -> list[object]:
        others = [one for one in DEPARTMENTS if one != issue.department]
        by = self.by_id.get(issue.representative_id or 0, self.officer)
        return work.transfer(issue, project, self.dice.choice(others), "属其他部门", by)  # type: ignore[arg-type, return-value]

    def _extend(self, work: IssueRouting, issue: Issue, project: object) -> list[object]:
        by, moves = self.by_id[issue.representative_id or 0], IssueExtensions(work)
        rows = moves.ask(issue, project, by, "3个工作日 专家意见未到")[1]  # type: ignore[arg-type]
        if self.dice.random() < 0.7:
            rows += moves.grant(issue, project, self.officer, moves.waiting(issue))  # type: ignore[arg-type]
        return rows  # type: ignore[return-value]


def _careless(connection: object, _: object) -> None:
    """A simulation need not survive a power cut."""
    connection.execute("PRAGMA synchronous=OFF")  # type: ignore[attr-defined]
