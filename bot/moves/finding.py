"""搜索: projects, problems, people and papers by name, number and words – only what this person may see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.context import Context
from bot.moves.reading import may_read
from domain.catalogue import Catalogue
from domain.errors import InvalidAnswer
from domain.filled_forms import FilledForm
from domain.issues import Issue
from domain.people import OFFICERS, Action, Person, Role
from domain.project import Project
from storage.search import Within

MOST, MOST_WORDS, LONGEST = 10, 4, 40
_LOOKED_AT = 40  # before roles are checked one by one
_BY_DEPARTMENT = (Role.REPRESENTATIVE, Role.DEPARTMENT_CHIEF, Role.DEPARTMENT_LEADER)


@dataclass(frozen=True)
class Hits:
    """Each the newest first, at most `MOST`. `people`: with their duties in words and one project."""

    projects: Sequence[Project] = ()
    issues: Sequence[tuple[Issue, Project]] = field(default=(), repr=False)
    people: Sequence[tuple[Person, str, Project | None]] = field(default=(), repr=False)
    papers: Sequence[tuple[FilledForm, Project]] = ()

    @property
    def none(self) -> bool:
        return not (self.projects or self.issues or self.people or self.papers)


def words_of(text: str) -> list[str]:
    """Raises InvalidAnswer for nothing, or for one letter, which is everywhere."""
    words = text.replace("问题", " 问题 ").split()[: MOST_WORDS + 1]
    words = [word[:LONGEST] for word in words if word != "问题"] or text.split()[:1]
    if not words or not any(len(word) > 1 or word.isdecimal() for word in words):
        raise InvalidAnswer(
            "请写要找的名称、编号或至少两个字，例如：搜 新材料、搜 YX-2026-001、搜 12、搜 委托书。"
        )
    return words[:MOST_WORDS]


def find(context: Context, text: str) -> Hits:
    words, within = words_of(text), _within(context)
    tx, site = context.tx, context.site
    projects = _projects(context, tx.search.projects(words, within, MOST))
    issues = [one for one in map(tx.issues.get, tx.search.issues(words, within, MOST)) if one]
    of_issues = tx.projects.many({one.project_id for one in issues})
    keys = {
        key for key, form in site.forms.items() if all(word.lower() in form.title.lower() for word in words)
    }
    papers = [one for one in map(tx.forms.get, tx.search.forms(words, keys, within, _LOOKED_AT)) if one]
    of_papers = tx.projects.many({one.project_id for one in papers})
    readable = [(one, of_papers[one.project_id]) for one in papers]
    return Hits(
        projects,
        [(one, of_issues[one.project_id]) for one in issues],
        _people(context, words, within),
        [(one, project) for one, project in readable if may_read(context, project, one.form)][:MOST],
    )


def _within(context: Context) -> Within:
    person = context.must_sender
    own = person.departments(*_BY_DEPARTMENT)
    items = _joined(context.site.catalogue, own)
    return Within(person.id, Role.SUPERVISOR in person.roles, items, own)


def _joined(catalogue: Catalogue, departments: frozenset[str]) -> frozenset[str]:
    return frozenset(one.id for one in catalogue.items.values() if departments & set(one.departments))


def _projects(context: Context, ids: Sequence[int]) -> list[Project]:
    """By the very check a page makes."""
    found = context.tx.projects.many(set(ids))
    return [found[one] for one in ids if context.standing_towards(found[one]).may(Action.ASK)]


def _people(
    context: Context, words: Sequence[str], within: Within
) -> list[tuple[Person, str, Project | None]]:
    """Names, offices and a project; never a number to call: people are spoken to through the house."""
    officers = bool(context.must_sender.roles & OFFICERS)
    found = []
    for person in context.tx.people.many(context.tx.search.people(words, within, MOST, officers=officers)):
        ids = context.tx.search.projects_of(person.id, within, 1)
        project = context.tx.projects.get(ids[0]) if ids else None
        found.append((person, _duties(context, person, project), project))
    return found


def _duties(context: Context, person: Person, project: Project | None) -> str:
    site = context.site
    held = [
        f"{site.departments[duty.department].short if duty.department else ''}{site.titles.of(duty.role)}"
        for duty in person.duties
    ]
    tied = context.tx.people.project_roles(person.id, project.id) if project else frozenset[Role]()
    return "、".join(dict.fromkeys([*held, *(f"项目单位{site.titles.of(role)}" for role in sorted(tied))]))
