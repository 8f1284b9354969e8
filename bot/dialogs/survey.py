"""填问卷: seven questions, one per turn, in a single chat."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

from bot.context import Answer, Context, words
from bot.dialogs.dialog import Dialog, end, go_on, number
from bot.moves import surveying
from bot.moves.work import case_work
from bot.texts import surveys as texts
from bot.understanding.acts import Act, Intent
from domain.errors import InvalidAnswer
from domain.people import Action
from domain.ratings import GRADE_NAMES
from domain.surveys import SCORES
from storage.dialogs import OpenDialog, Recent

KIND = "survey"
LONGEST = 500
STEPS = ("hardest", "trips", *SCORES, "call_back", "advice")


def start(context: Context) -> Answer:
    if context.message.in_group:
        raise InvalidAnswer(texts.IN_PRIVATE)
    context.must_be_allowed(Action.RATE)
    project, work = context.must_project, case_work(context)
    surveying.invitation(work, project)
    items = [(view.entry.id, view.entry.spoken) for view in surveying.items_of(work, project)]
    dialog = OpenDialog(context.must_sender.id, project.id, KIND, STEPS[0], {}, context.now)
    go_on(context, dialog, STEPS[0], choices=[key for key, _ in items], said={})
    return words(texts.hardest([name for _, name in items]), recent=Recent(project.id))


def _take(context: Context, dialog: OpenDialog, act: Act) -> Answer | None:
    if context.message.in_group:
        return None
    if act.intent is Intent.CANCEL:
        end(context, dialog)
        return words(texts.DROPPED)
    if dialog.step != "advice" and number(context) is None:
        return None
    value = _READ.get(dialog.step, _score)(context, dialog)
    said = {**dialog.answers["said"], dialog.step: value}
    if dialog.step == STEPS[-1]:
        return _finish(context, dialog, said)
    following = STEPS[STEPS.index(dialog.step) + 1]
    go_on(context, dialog, following, said=said)
    return words(_QUESTIONS.get(following) or texts.score(following))


def _finish(context: Context, dialog: OpenDialog, said: Mapping[str, object]) -> Answer:
    context.must_be_allowed(Action.RATE)
    work, project = case_work(context), context.must_project
    no = surveying.answer(work, project, surveying.invitation(work, project), said)
    end(context, dialog)
    return words(texts.thanks(no), recent=Recent(project.id))


def _hardest(context: Context, dialog: OpenDialog) -> object:
    picked, choices = number(context) or 0, dialog.answers["choices"]
    if picked > len(choices):
        raise InvalidAnswer(texts.not_an_item(len(choices)))
    return [choices[picked - 1]] if picked else ["没有特别难的"]


def _trips(context: Context, dialog: OpenDialog) -> object:  # noqa: ARG001
    return number(context)


def _score(context: Context, dialog: OpenDialog) -> object:  # noqa: ARG001
    grade = number(context)
    if grade not in GRADE_NAMES:
        raise InvalidAnswer(texts.NOT_A_SCORE)
    return GRADE_NAMES[grade]


def _call_back(context: Context, dialog: OpenDialog) -> object:  # noqa: ARG001
    picked = number(context)
    if picked not in (1, 2):
        raise InvalidAnswer(texts.NOT_ONE_OR_TWO)
    return "是" if picked == 1 else "否"


def _advice(context: Context, dialog: OpenDialog) -> object:  # noqa: ARG001
    text = context.message.text.strip()
    if len(text) > LONGEST:
        raise InvalidAnswer(f"建议请控制在{LONGEST}字以内（现在{len(text)}字）。")
    return "" if text in ("无", "没有", "没有了") else text


_READ: Mapping[str, Callable[[Context, OpenDialog], object]] = {
    "hardest": _hardest,
    "trips": _trips,
    "call_back": _call_back,
    "advice": _advice,
}
_QUESTIONS = {"trips": texts.TRIPS, "call_back": texts.CALL_BACK, "advice": texts.ADVICE}
DIALOG = Dialog(KIND, timedelta(hours=12), _take)
