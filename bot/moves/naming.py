"""What somebody names in words: a case by its number, an officer by name. What is not theirs is not there."""

from __future__ import annotations

from collections.abc import Sequence

from bot.context import Context
from bot.understanding.dictionary import normalise
from domain.case import Case
from domain.errors import InvalidAnswer, NotFound
from domain.people import Action, Person, Role
from domain.project import Project

LONGEST_NUMBER = 9  # digits of an id in a card's key


def case_called(context: Context, no: str, action: Action) -> tuple[Case, Project]:
    """The case, its row held; the talk is about its project from now on."""
    case = context.tx.cases.by_no(no, lock=True)
    project = context.tx.projects.get(case.project_id) if case else None
    elsewhere = context.message.in_group and (context.project is None or context.project != project)
    if case is None or project is None or elsewhere or not context.standing_towards(project).roles:
        raise NotFound("application", "" if no == "-" else no.upper())
    context.project = project
    context.forget_project()
    context.must_be_allowed(action)
    return case, project


def project_called(context: Context, code: str, action: Action) -> Project:
    """By our own number; in a group only its own."""
    project = context.tx.projects.by_code(code) if code else context.project
    elsewhere = context.message.in_group and context.project != project
    if project is None or elsewhere or not context.standing_towards(project).roles:
        raise NotFound("project", code.upper())
    context.project = project
    context.forget_project()
    context.must_be_allowed(action)
    return project


def service_officer(context: Context, name: str) -> Person:
    wanted = name.strip()
    found = [one for one in context.tx.people.with_role(Role.SERVICE_OFFICER) if one.name == wanted]
    if len(found) != 1:
        raise InvalidAnswer(
            f"没有找到叫“{wanted[:10]}”的服务专员，请核对姓名；未登记的请先由管理员导入人员名单。"
        )
    return found[0]


def as_typed(context: Context, rest: str) -> str:
    """The words behind a command as they were typed: commands are matched in lower case."""
    words = rest.strip()
    squeezed = " ".join(context.message.text.split())
    at = normalise(squeezed).rfind(words) if words else -1
    return (
        squeezed[at : at + len(words)].strip()
        if at >= 0 and len(squeezed) == len(normalise(squeezed))
        else words
    )


def number_of(arguments: Sequence[str], place: int) -> int:
    """An argument of a card's key as a number, 0 for what is none."""
    given = arguments[place] if place < len(arguments) else ""
    return int(given) if given.isdecimal() and len(given) <= LONGEST_NUMBER else 0
