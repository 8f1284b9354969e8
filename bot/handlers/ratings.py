"""评价, 整改, 回访, 误评申诉."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from bot.context import Answer, CardAction, Context, Handler, words
from bot.moves import carding, rating
from bot.moves.naming import as_typed, number_of, project_called, project_meant
from bot.moves.work import case_work
from bot.platform import CardClick
from bot.texts import ratings as texts
from bot.understanding.acts import Act, Intent
from bot.understanding.dictionary import normalise
from bot.understanding.patterns import grade_in
from domain.errors import InvalidAnswer, NotAllowed, NotFound
from domain.people import Action, Role
from domain.project import Project
from domain.ratings import GRADE_NAMES
from storage.dialogs import Recent

Arguments = dict[str, str]
_GRADE = re.compile(r"^(?P<grade>[1-5])(?![0-9])\s*(?:分|颗?星)?[\s:：,，。]*")
_PARTS = {"efficiency": "服务效率", "skill": "服务水平", "attitude": "服务态度"}
LONGEST = 300


def rate(context: Context, arguments: Arguments) -> Answer:
    project = project_meant(context, arguments["code"])
    text = as_typed(context, arguments["rest"])
    return _rate(context, project, text, anonymous=bool(arguments["anonymous"]))


def rate_said(context: Context, act: Act) -> Answer:  # noqa: ARG001
    text = context.message.text.strip()
    return _rate(context, context.must_project, text, anonymous="匿名" in text)


def _rate(context: Context, project: Project, text: str, *, anonymous: bool) -> Answer:
    context.must_be_allowed(Action.RATE)
    work = case_work(context)
    case = rating.case_to_rate(work, project)
    if anonymous and context.message.in_group:
        raise InvalidAnswer(texts.anonymous_in_the_group())
    new, told = rating.give(work, project, case, _verdict(text, project, anonymous=anonymous))
    shown = "" if context.message.in_group else f"：{new.name}"
    return words(texts.thanks(new, shown), recent=Recent(project.id)).and_tell(*told)


def _verdict(text: str, project: Project, *, anonymous: bool) -> rating.Verdict:
    """A number first, else the name of a grade; what is left is the comment."""
    if len(text) > LONGEST:
        raise InvalidAnswer(f"意见请控制在{LONGEST}字以内（现在{len(text)}字）。")
    parts = {
        key: int(found[1])
        for key, name in _PARTS.items()
        if (found := re.search(rf"{name}\s*[:：]?\s*([1-5])(?![0-9])", text))
    }
    number = _GRADE.match(text)
    grade = int(number["grade"]) if number else grade_in(normalise(text))
    if grade not in GRADE_NAMES:
        raise InvalidAnswer(texts.which_grade(project.code))
    comment = text[number.end() :] if number else text
    return rating.Verdict(grade, comment.strip(), anonymous, parts)


def click(context: Context, click: CardClick, arguments: Sequence[str]) -> Answer:
    work = case_work(context)
    carding.note_click(context, click)
    grade = number_of(arguments, 1)
    case = work.tx.cases.get(number_of(arguments, 0), lock=True)
    project = work.tx.projects.get(case.project_id) if case else None
    if case is None or project is None or grade not in GRADE_NAMES:
        raise NotFound("case")
    if not context.standing_towards(project).roles:
        raise NotFound("case")
    context.project = project
    context.forget_project()
    context.must_be_allowed(Action.RATE)
    new, told = rating.give(work, project, case, rating.Verdict(grade), but=click.task_id)
    final = carding.settled("帮办代办服务评价", project.name, click.task_id, f"已评价：{new.name}")
    said = work.tell(context.must_sender, texts.thanks(new, f"：{new.name}"), f"rating:{new.id}", urgent=True)
    return Answer(final, (*told, said), recent=Recent(project.id))


def rectify(context: Context, arguments: Arguments) -> Answer:
    project = project_called(context, arguments["code"], Action.MANAGE_CASE)
    text = _must_say(context, arguments, f"请写明整改措施，例如：整改 {project.code} 已当面致歉并补寄材料。")
    _, told = rating.rectify(case_work(context), project, text)
    return words(texts.rectified_answer(), recent=Recent(project.id)).and_tell(*told)


def follow_up(context: Context, arguments: Arguments) -> Answer:
    project = project_meant(context, arguments["code"])
    if not (context.standing.may(Action.SEE_ALL) or context.standing.may(Action.MANAGE_CASE)):
        raise NotAllowed("follow_up", context.whom_to_ask)
    text = _must_say(context, arguments, f"请写明回访结果，例如：回访 {project.code} 满意，问题已解决。")
    content = not re.match(r"(?:仍|还是)?(?:不满意|没有?解决|未解决)", text)
    new, told = rating.follow_up(case_work(context), project, text, content=content)
    return words(texts.followed_answer(new), recent=Recent(project.id)).and_tell(*told)


def draw(context: Context, arguments: Arguments) -> Answer:  # noqa: ARG001
    """Over all projects, so in a single chat only."""
    if Role.SUPERVISOR not in context.must_sender.roles:
        raise NotAllowed("follow_up", context.whom_to_ask)
    if context.message.in_group:
        raise InvalidAnswer("抽查名单涉及多个项目，请到与我的单聊里发送“抽查回访”。")
    found = rating.to_sample(case_work(context))
    return words(texts.drawn([(one.name, one.code) for one in found]))


def appeal(context: Context, arguments: Arguments) -> Answer:
    """By whoever rated, or by the officer who was rated."""
    project = project_meant(context, arguments["code"])
    if not context.standing.may(Action.MANAGE_CASE):
        context.must_be_allowed(Action.RATE)
    text = _must_say(context, arguments, f"请写明原因，例如：误评申诉 {project.code} 点错了，应为满意。")
    work = case_work(context)
    _, told = rating.appeal(work, project, text)
    names = "、".join(person.name for person in rating.supervisors(work))
    return words(texts.appealed_answer(names), recent=Recent(project.id)).and_tell(*told)


def _deciding(*, grant: bool) -> Callable[[Context, Arguments], Answer]:
    def decide(context: Context, arguments: Arguments) -> Answer:
        project = project_meant(context, arguments["code"])
        if not context.standing.may(Action.SEE_ALL):
            raise NotAllowed("decide_appeal", context.whom_to_ask)
        new, told = rating.decide(case_work(context), project, grant=grant)
        return words(texts.decided(project, new, grant=grant), recent=Recent(project.id)).and_tell(*told)

    return decide


grant_appeal, uphold = _deciding(grant=True), _deciding(grant=False)


def _must_say(context: Context, arguments: Arguments, otherwise: str) -> str:
    text = as_typed(context, arguments["rest"])
    if len(text) < 4:
        raise InvalidAnswer(otherwise)
    if len(text) > LONGEST:
        raise InvalidAnswer(f"请控制在{LONGEST}字以内（现在{len(text)}字）。")
    return text


HANDLERS: Sequence[Handler] = (Handler(frozenset({Intent.RATE}), rate_said),)
COMMANDS = {
    "rate": rate,
    "rectify": rectify,
    "follow_up": follow_up,
    "draw": draw,
    "appeal": appeal,
    "grant_appeal": grant_appeal,
    "uphold": uphold,
}
CARDS = (CardAction("rate", click),)
