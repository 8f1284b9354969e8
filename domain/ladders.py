"""Who is told what and when by the clock, as the site sets it: rungs, levels, silence, urgency, the officer's desk.

Every part has a default, so that a configuration kept before it existed still reads.
"""

from __future__ import annotations

from dataclasses import dataclass

from domain.catalogue import Limit, LimitUnit, read_limit
from domain.configuration import Section
from domain.issues import Category
from domain.people import OFFICERS, Role

HOLDER, B_POST, DEPUTY = "holder", "b_post", "deputy"
# Who can stand behind a level: a role, the holder, the holder's B post, the officer's deputy.
RUNGS = frozenset({HOLDER, B_POST, DEPUTY, *OFFICERS})
DESK, ONE_DAY = "desk", Limit(1, LimitUnit.WORKING)


@dataclass(frozen=True)
class EscalationLevel:
    """Who is told that something is overdue, and how many working days after its last day. `formal`: a press (督办).
    `takes_over`: the B post becomes the holder."""

    level: int
    name: str
    after: int
    to: tuple[str, ...]
    formal: bool = False
    takes_over: bool = False


@dataclass(frozen=True)
class Silence:
    """Taken and then nothing: hours of office time until the reminder, and until it is taken back, though never
    before the answer's limit is over. `back_to`: "desk" or "b_post"."""

    remind_after: int = 13
    take_back_after: int = 65
    back_to: str = DESK


@dataclass(frozen=True)
class Urgent:
    """What cannot wait for the morning. Minutes of the day, not of the office."""

    words: tuple[str, ...] = ()
    categories: frozenset[Category] = frozenset()
    respond_minutes: int = 60
    climb_minutes: int = 60

    def fits(self, category: Category, text: str) -> bool:
        return category in self.categories or any(word in text for word in self.words)


_OFFICER_LATE = EscalationLevel(1, "提醒首席服务专员", 1, (Role.SERVICE_OFFICER, DEPUTY))
_OFFICER_PRESSED = EscalationLevel(2, "督办", 3, (Role.SUPERVISOR,), formal=True)


@dataclass(frozen=True)
class Ladder:
    """`answer`: a late answer; `desk`: a late officer; `not_taken`: nobody took it in time. `again_after`: working
    days after the last level until it is told once more, and so on: nothing is ever without a next step."""

    answer: tuple[EscalationLevel, ...] = ()
    not_taken: EscalationLevel = EscalationLevel(1, "未接办", 1, (Role.SERVICE_OFFICER,))
    triage: Limit = ONE_DAY
    desk: tuple[EscalationLevel, ...] = (_OFFICER_LATE, _OFFICER_PRESSED)
    silence: Silence = Silence()
    again_after: int = 5
    urgent: Urgent = Urgent()


def read_ladder(document: Section) -> Ladder:
    levels = tuple(_level(one) for one in document.sections("escalation"))
    _must_climb(document, "escalation", levels)
    triage, desk = _desk(document)
    return Ladder(
        levels,
        _not_taken(document),
        triage,
        desk,
        _silence(document),
        document.integer("again_after", least=1, default=Ladder.again_after),
        _urgent(document),
    )


def _level(section: Section) -> EscalationLevel:
    level, name = section.integer("level", least=1), section.text("name", like="提醒业务负责人")
    after, to = section.integer("after"), _rungs(section)
    formal = section.flag("formal", default=Role.SUPERVISOR in to)
    takes_over = section.flag("takes_over", default=False)
    if takes_over and B_POST not in to:
        section.flaw("takes_over", "只有 to 里有 b_post（B岗）时才能接手")
    section.end()
    return EscalationLevel(level, name, after, to, formal, takes_over)


def _rungs(section: Section) -> tuple[str, ...]:
    names = section.texts("to", required=True)
    known = sorted(str(rung) for rung in RUNGS)
    for name in names:
        if name not in known:
            section.flaw("to", f"没有 {name} 这个角色，可用：{'、'.join(known)}")
    return tuple(name for name in names if name in known)


def _must_climb(document: Section, key: str, ladder: tuple[EscalationLevel, ...]) -> None:
    if [one.level for one in ladder] != list(range(1, len(ladder) + 1)):
        document.flaw(key, "level 应从 1 起依次递增")
    if [one.after for one in ladder] != sorted(one.after for one in ladder):
        document.flaw(key, "后一级的 after（超期工作日数）不应小于前一级")


def _desk(document: Section) -> tuple[Limit, tuple[EscalationLevel, ...]]:
    if not document.has("desk"):
        document.raw("desk")
        return ONE_DAY, Ladder.desk
    section = document.section("desk")
    inner = section.section("triage")
    triage = read_limit(inner)
    inner.end()
    if triage.unit is not LimitUnit.WORKING:
        inner.flaw("unit", "服务时限应为工作日")
    levels = tuple(_level(one) for one in section.sections("escalation"))
    _must_climb(section, "escalation", levels)
    section.end()
    return triage, levels


def _not_taken(document: Section) -> EscalationLevel:
    if not document.has("not_taken"):
        document.raw("not_taken")
        return Ladder.not_taken
    section = document.section("not_taken")
    to = _rungs(section)
    takes_over = section.flag("takes_over", default=False)
    if takes_over and B_POST not in to:
        section.flaw("takes_over", "只有 to 里有 b_post（B岗）时才能接手")
    section.end()
    return EscalationLevel(1, "未接办", 1, to, takes_over=takes_over)


def _silence(document: Section) -> Silence:
    if not document.has("silence"):
        document.raw("silence")
        return Silence()
    section = document.section("silence")
    silence = Silence(
        section.integer("remind_after_hours", least=1),
        section.integer("take_back_after_hours", least=1),
        section.text("back_to", like=DESK),
    )
    if silence.back_to not in (DESK, B_POST):
        section.flaw("back_to", f"应为 {DESK}（服务专员）或 {B_POST}（B岗）")
    if silence.take_back_after <= silence.remind_after:
        section.flaw("take_back_after_hours", "应大于 remind_after_hours，先提醒后收回")
    section.end()
    return silence


def _urgent(document: Section) -> Urgent:
    if not document.has("urgent"):
        document.raw("urgent")
        return Urgent()
    section = document.section("urgent")
    names = section.texts("categories")
    known = {str(one) for one in Category}
    for name in names:
        if name not in known:
            section.flaw("categories", f"没有 {name} 这个类别，可用：{'、'.join(sorted(known))}")
    urgent = Urgent(
        section.texts("words"),
        frozenset(Category(name) for name in names if name in known),
        section.integer("respond_minutes", least=1),
        section.integer("climb_minutes", least=1),
    )
    section.end()
    return urgent
