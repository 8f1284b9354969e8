"""Which item, and which material of it, an order means – among those this person may act on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.case_view import CaseView, meant
from bot.context import Context
from bot.moves.work import CaseWork
from bot.texts import items as texts
from bot.understanding.acts import Act
from domain.case import OPEN_CASES, Case, CaseStatus
from domain.catalogue import CatalogueItem
from domain.errors import InvalidAnswer, NotAllowed, NotFound, Unclear
from domain.items import ENDED, CaseItem, ItemState, ItemView
from domain.materials import Material
from domain.people import ALLOWED, Action, Person, Role
from domain.project import Project
from storage.dialogs import Recent

_WITH_PLAN = OPEN_CASES | {CaseStatus.SIGNING}


@dataclass(frozen=True)
class Running:
    """An item of a case with what it belongs to."""

    project: Project
    case: Case
    item: CaseItem
    entry: CatalogueItem

    @property
    def subject(self) -> str:
        return f"item:{self.item.id}"

    @property
    def recent(self) -> Recent:
        return Recent(self.project.id, self.entry.id)

    def view(self, work: CaseWork) -> ItemView:
        return ItemView(self.item, self.entry, work.calendar, work.site.deadlines.lamp, work.today)


def by_id(work: CaseWork, case_item_id: int, *, lock: bool = True) -> Running:
    item = work.tx.cases.item(case_item_id, lock=lock)
    if item is None or item.item_id not in work.site.catalogue.items:
        raise NotFound("item")
    case = work.tx.cases.get(item.case_id)
    if case is None:
        raise NotFound("item")
    project = work.tx.projects.get(case.project_id)
    return Running(project, case, item, work.site.catalogue.items[item.item_id])


def item(context: Context, work: CaseWork, act: Act, action: Action) -> Running:
    """Its row is held. Raises Unclear for several, NotFound for none this person may know of, NotAllowed for somebody
    of the project who may not."""
    wanted = _named(context, act)
    found = _candidates(context, work, wanted)
    mine = [one for one in found if may(work, context.must_sender, one, action)]
    if not mine and found and _is_known(context, found[0].project):
        context.project = found[0].project
        context.forget_project()
        raise NotAllowed(action, context.whom_to_ask)
    chosen = _one(context, work, mine, wanted)
    context.project = chosen.project
    context.forget_project()
    return by_id(work, chosen.item.id)


def may(work: CaseWork, person: Person, running: Running, action: Action) -> bool:
    """The project's service officers; representatives of a department that leads the item, or – for its progress –
    joins it; the enterprise's people."""
    roles = set(work.tx.people.project_roles(person.id, running.project.id))
    if person.id in (running.project.officer_id, running.project.deputy_id):
        roles.add(Role.SERVICE_OFFICER)
    entry = running.entry
    departments = entry.departments if action is Action.UPDATE_ITEM else (entry.lead,)
    if person.departments(Role.REPRESENTATIVE) & set(departments):
        roles.add(Role.REPRESENTATIVE)
    return person.active and bool(roles & ALLOWED[action])


def lead_representative(work: CaseWork, entry: CatalogueItem) -> Person | None:
    """The one named responsible person of an item with several departments (R016): A, or B while A is away."""
    found = []
    for person in work.tx.people.of_department(entry.lead, Role.REPRESENTATIVE):
        for duty in person.duties:
            if duty.department == entry.lead and duty.role is Role.REPRESENTATIVE:
                found.append((duty.on_leave(work.today), duty.post, person.id, person))
    return min(found, key=lambda one: one[:3])[3] if found else None


# ---------------------------------------------------------------- materials


def material(work: CaseWork, running: Running, words: str) -> tuple[Material, str]:
    """The material the words begin with, and the words behind its name. A number is a place in the list. Raises
    Unclear when several fit, InvalidAnswer when none does."""
    listed = materials_of(work, running)
    if not listed:
        raise InvalidAnswer(texts.no_list(running.entry.spoken))
    whole, (first, rest) = words.strip(), _split(words)
    if first.isdecimal() and len(first) <= 2:
        if not 1 <= int(first) <= len(listed):
            raise InvalidAnswer(texts.no_such_number(running.entry.spoken, len(listed)))
        return listed[int(first) - 1], rest
    found = fitting(first, listed)
    if len(found) != 1 and whole != first:
        better = fitting(whole, listed)
        found, rest = (better, "") if len(better) == 1 else (found, rest)
    if len(found) == 1:
        return found[0], rest
    choices = (found or listed)[:9]
    raise Unclear(
        texts.which_material(running.entry.spoken, first if not found else ""),
        [(str(one.id), one.name) for one in choices],
        "material",
    )


def chosen_material(
    work: CaseWork, running: Running, act: Act
) -> tuple[Material, str]:  # fmt: skip
    """The one picked by number after it was asked for, else the one the words name."""
    picked = act.slots.get("material")
    if picked is None:
        return material(work, running, act.rest)
    found = next((one for one in materials_of(work, running) if one.id == int(picked)), None)
    if found is None:
        raise NotFound("item")
    first, rest = _split(act.rest)
    return found, rest if fitting(first, [found]) or not rest else act.rest


def materials_of(work: CaseWork, running: Running) -> list[Material]:
    """In the list's order; laid out from the catalogue when the item came into the case without them."""
    found = work.tx.materials.of_items([running.item.id]).get(running.item.id, [])
    if not found:
        work.tx.materials.add(
            [
                Material(0, running.item.id, spec.name, spec.required, spec.form)
                for spec in running.entry.materials
            ]
        )
        found = work.tx.materials.of_items([running.item.id]).get(running.item.id, [])
    return found


def fitting(word: str, listed: Sequence[Material]) -> list[Material]:
    """The same name; else names that have the word in them; else names with its characters in this order."""
    if len(word) < 2:
        return []
    tests: tuple[Callable[[str], bool], ...] = (
        lambda name: name == word,
        lambda name: word in name,
        lambda name: _in_order(word, name),
    )
    for fits in tests:
        found = [one for one in listed if fits(one.name)]
        if found:
            return found
    return []


def begun_with(point: str, listed: Sequence[Material]) -> list[Material]:
    """The one whose name a point begins with, written on without a gap: “安全施工措施补充深基坑专项方案”."""
    return [one for one in listed if len(one.name) >= _SAME and point.startswith(one.name[:_SAME])]


_SAME = 4  # characters no two names of a list begin with by chance


def _in_order(word: str, name: str) -> bool:
    left = iter(name)
    return len(word) >= 3 and all(character in left for character in word)


def _split(words: str) -> tuple[str, str]:
    """First word and the rest."""
    stripped = words.strip(" :：,，。《》")
    for at, character in enumerate(stripped):
        if character in " :：,，》":
            return stripped[:at].strip("《》"), stripped[at:].strip(" :：,，》")
    return stripped, ""


# ---------------------------------------------------------------- finding


def _named(context: Context, act: Act) -> list[str]:
    if act.readings and not act.item:
        return list(act.readings)
    if act.item:
        return [act.item, *act.also]
    recent = context.recent.item_id
    return [recent] if recent else []


def _candidates(context: Context, work: CaseWork, wanted: list[str]) -> list[Running]:
    if context.project is not None:
        return _of_project(work, context.project, wanted)
    if context.message.in_group:
        raise NotFound("project")
    context.must_sender  # noqa: B018 – whoever is not registered is told so first
    ids = {project_id for project_id, _ in work.tx.cases.departments_items(wanted)}
    found = [one for p in work.tx.projects.many(ids).values() for one in _of_project(work, p, wanted)]
    return [one for one in found if _is_known(context, one.project) or _joins(context, one)]


def _is_known(context: Context, project: Project) -> bool:
    return context.standing_towards(project).may(Action.ASK) or context.message.in_group


def _joins(context: Context, running: Running) -> bool:
    return bool(context.must_sender.departments(Role.REPRESENTATIVE) & set(running.entry.departments))


def _of_project(work: CaseWork, project: Project, wanted: list[str]) -> list[Running]:
    cases = {c.id: c for c in work.tx.cases.of_project(project.id) if c.status in _WITH_PLAN}
    known = work.site.catalogue.items
    return [
        Running(project, cases[case_id], one, known[one.item_id])
        for case_id, items in work.tx.cases.items(cases).items()
        for one in items
        if one.item_id in known and (one.item_id in wanted or not wanted)
    ]


def _one(context: Context, work: CaseWork, mine: list[Running], wanted: list[str]) -> Running:
    if not mine:
        raise NotFound("item")
    recent = [one for one in mine if one.project.id == context.recent.project_id]
    mine = recent or mine
    if len({one.project.id for one in mine}) > 1:
        running = [one for one in mine if one.item.state not in ENDED | {ItemState.PLANNED}]
        mine = running if len({one.project.id for one in running}) == 1 else mine
    projects = {one.project.id: one.project for one in mine}
    if len(projects) > 1:
        choices = [(p.code, f"{p.name}（{p.code}）") for p in projects.values()]
        raise Unclear("是哪个项目的？请回复数字：", choices[:9], "project_code")
    return _of_several(work, mine, wanted)


def _of_several(work: CaseWork, mine: list[Running], wanted: list[str]) -> Running:
    """“环评” of a project with a 环评报告表 means that one (`meant`); else the ones under way come first."""
    views = CaseView(mine[0].case, tuple(one.view(work) for one in mine))
    named = meant(wanted[0], wanted[1:], [views]) if wanted else ()
    fitting = [one for one in mine if one.entry.id in named] or mine
    under_way = [one for one in fitting if one.item.state not in ENDED | {ItemState.PLANNED}]
    found = fitting if len(fitting) == 1 else under_way or fitting
    if len(found) == 1:
        return found[0]
    choices = [(one.entry.id, f"{one.entry.spoken}（{one.entry.stage}）") for one in found]
    raise Unclear("是哪个事项？请回复数字：", choices[:9], "item")
