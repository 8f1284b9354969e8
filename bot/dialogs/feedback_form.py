"""意见反馈表 (F5) by talk: takes what the first sentence says, asks at most one thing per turn, is confirmed by
card or number, and goes on after a restart or the next day in any chat."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.case_view import cases_of, meant
from bot.context import Answer, Context, words
from bot.dialogs.dialog import Dialog, end, go_on, number
from bot.dialogs.filing import about_a_person, alike_one, asked_in_private, file, merge_into, shown_in_private
from bot.platform import Card, CardButton, CardField, CardKind, Channel, Say, SayAndCard
from bot.texts import issues as texts
from bot.texts import routing as routing_texts
from bot.texts.phrases import clipped, lines, numbered
from bot.understanding.acts import Act, Intent
from bot.understanding.dictionary import normalise
from bot.understanding.understand import JUDGED
from domain.categories import guessed
from domain.errors import InvalidAnswer
from domain.issues import CATEGORY_NAMES, Category, Issue
from domain.people import Action, Role
from storage.dialogs import OpenDialog, Recent

KIND = "feedback_form"
QUESTIONS = {Intent.PROGRESS, Intent.MATERIALS, Intent.TEMPLATE, Intent.GUIDE, Intent.CONTACT}
LONGEST = 500
ASK_DESCRIPTION = "请用一两句话说明问题：哪个事项、哪个环节、遇到什么情况、希望怎么解决。发送“取消”可放弃。"
CHANGES = ("description", "item", "category")


def start(context: Context, act: Act) -> Answer:
    """From the first sentence: complete enough → straight to the confirmation."""
    context.must_be_allowed(Action.FILE_ISSUE)
    act = _of_this_project(context, act)
    dialog = OpenDialog(context.must_sender.id, context.must_project.id, KIND, "describe", {}, context.now)
    description = _stripped(context.message.text)
    private = act.intent is Intent.COMPLAIN
    if len(description) < 6:
        go_on(context, dialog, "describe", item=act.item, private=private)
        return asked_in_private(context, ASK_DESCRIPTION) if private else words(ASK_DESCRIPTION)
    return _confirm(context, dialog, {**_first_answers(context, act, description), "private": private})


def start_at_event(context: Context, event_id: int, lead: str, description: str, item: str | None) -> Answer:
    """`lead`: which training or meeting it was asked at; stands before the description when it is filed."""
    dialog = OpenDialog(context.must_sender.id, context.must_project.id, KIND, "describe", {}, context.now)
    act = _of_this_project(context, Act(Intent.REPORT_PROBLEM, {"item": item}))
    asked = {**_first_answers(context, act, description), "event": event_id, "lead": lead}
    return _confirm(context, dialog, asked)


def confirm_by_card(context: Context, dialog: OpenDialog) -> tuple[Issue, Answer]:
    return _submit(context, dialog)


def _of_this_project(context: Context, act: Act) -> Act:
    """“用电报装” of a project with a high-voltage connection means that one."""
    project = context.must_project
    views = cases_of(context.tx, [project.id], context.site, context.calendar, context.today)
    found = meant(act.item, act.also, views.get(project.id, []))
    if len(found) != 1 or found[0] == act.item:
        return act
    return replace(act, slots={**act.slots, "item": found[0]})


def _take(context: Context, dialog: OpenDialog, act: Act) -> Answer | None:
    if dialog.answers.get("private") and context.message.in_group:
        meant = number(context) is not None or act.intent in {Intent.CONFIRM, Intent.DENY, Intent.CANCEL}
        return words(routing_texts.GO_ON_THERE) if meant else None
    if act.intent is Intent.CANCEL:
        return cancel(context, dialog)
    if act.item:
        act = _of_this_project(context, act)
    return _STEPS[dialog.step](context, dialog, act)


def _describe(context: Context, dialog: OpenDialog, act: Act) -> Answer | None:
    if act.intent in {Intent.HELP, Intent.TODO, Intent.GREET}:
        return None
    description = checked(context.message.text)
    if description is None:
        # “进度” in between is a question of its own; the form waits.
        return None if act.intent in QUESTIONS else words(ASK_DESCRIPTION)
    answers = _first_answers(context, act, description)
    answers["item"] = answers["item"] or dialog.answers.get("item")
    answers["private"] = dialog.answers.get("private")
    return _confirm(context, dialog, answers)


def _at_confirm(context: Context, dialog: OpenDialog, act: Act) -> Answer | None:
    picked = number(context)
    judged = JUDGED in act.evidence
    if picked == 1 or (picked is None and act.intent is Intent.CONFIRM and not judged):
        return _submit(context, dialog)[1]
    if picked == 2 or (picked is None and act.intent is Intent.DENY and not judged):
        return ask_change(context, dialog)
    if picked == 3:
        return cancel(context, dialog)
    if picked is not None:
        raise InvalidAnswer("请回复 1 提交，2 修改，3 取消。")
    if act.intent is Intent.CORRECT and act.item:
        return _confirm(context, dialog, {**dialog.answers, "item": act.item, "department": None})
    if act.intent is Intent.REPORT_PROBLEM:
        description = checked(context.message.text)
        return _confirm(context, dialog, _first_answers(context, act, description or ""))
    return None


def _at_same(context: Context, dialog: OpenDialog, act: Act) -> Answer | None:
    """是同一件事吗？"""
    picked = number(context) or _same_in_words(context)
    if picked is None:
        return words("请回复 1 并入，2 单独提交，3 修改，4 取消。") if act.intent is Intent.CONFIRM else None
    if not 1 <= picked <= 4:
        raise InvalidAnswer("请回复 1 并入，2 单独提交，3 修改，4 取消。")
    if picked == 1:
        return merge(context, dialog)[1]
    if picked == 2:
        return _submit(context, dialog)[1]
    return ask_change(context, dialog) if picked == 3 else cancel(context, dialog)


def _same_in_words(context: Context) -> int | None:
    said = normalise(context.message.text).strip("。.!！")
    same, other = (
        {"是", "是的", "对", "同一件", "同一件事", "并入"},
        {"不是", "不同", "单独提交", "仍单独提交"},
    )
    return 1 if said in same else 2 if said in other else None


def _at_change(context: Context, dialog: OpenDialog, act: Act) -> Answer | None:
    picked = number(context)
    if picked is None or not 1 <= picked <= len(CHANGES):
        return None if act.intent is not Intent.NONE else words("请回复 1、2 或 3。")
    what = CHANGES[picked - 1]
    go_on(context, dialog, what)
    if what == "description":
        return words("请直接回复新的问题描述。")
    if what == "item":
        return words("是哪个事项？例如：施工许可、工规证、用电报装。没有具体事项请回复“无”。")
    return words("请回复类别的数字：\n" + numbered(list(CATEGORY_NAMES.values())))


def _new_description(context: Context, dialog: OpenDialog, act: Act) -> Answer | None:  # noqa: ARG001
    description = checked(context.message.text)
    if description is None:
        return words("请直接回复新的问题描述，至少6个字。")
    return _confirm(context, dialog, {**dialog.answers, "description": description})


def _new_item(context: Context, dialog: OpenDialog, act: Act) -> Answer | None:
    none = normalise(context.message.text) in {"无", "没有"}
    if act.item is None and not none:
        raise InvalidAnswer("没有认出这个事项，请换个说法，例如：施工许可。没有具体事项请回复“无”。")
    return _confirm(context, dialog, {**dialog.answers, "item": act.item, "department": None})


def _new_category(context: Context, dialog: OpenDialog, act: Act) -> Answer | None:  # noqa: ARG001
    names = list(CATEGORY_NAMES.items())
    picked = number(context)
    found = [c for c, name in names if name == context.message.text.strip()]
    if picked and 1 <= picked <= len(names):
        found = [names[picked - 1][0]]
    if not found:
        raise InvalidAnswer(f"请回复 1 到 {len(names)} 之间的数字。")
    return _confirm(context, dialog, {**dialog.answers, "category": found[0].value})


_STEPS = {
    "describe": _describe,
    "confirm": _at_confirm,
    "same": _at_same,
    "change": _at_change,
    "description": _new_description,
    "item": _new_item,
    "category": _new_category,
}


def ask_change(context: Context, dialog: OpenDialog) -> Answer:
    go_on(context, dialog, "change")
    return words("要修改哪一项？\n1. 问题描述\n2. 事项\n3. 类别")


def cancel(context: Context, dialog: OpenDialog) -> Answer:
    end(context, dialog)
    return words("好的，这份意见反馈表没有提交，已取消。需要时随时再发给我。")


def _first_answers(context: Context, act: Act, description: str) -> dict[str, Any]:
    return {
        "description": description,
        "item": act.item,
        "department": _named_department(context, act),
        "category": guessed(description).value,
    }


def _named_department(context: Context, act: Act) -> str | None:
    """The service hall is where people stand (“窗口说…”), not who decides: beside an item it is not meant."""
    officer = context.tx.people.get(context.must_project.officer_id)
    named: str | None = act.slots.get("department")
    return None if act.item and named in officer.departments(Role.SERVICE_OFFICER) else named


def _stripped(text: str) -> str:
    """Without the announcing words: 我要反馈一个问题：…"""
    lead = r"^[\s，,]*(?:我|我们)?(?:想|要|这边)*(?:反馈|反映|上报|提|说)(?:一?[个下])?(?:问题|情况)?[\s:：,，。]*"
    return re.sub(lead, "", text.strip(), count=1).strip()


def checked(text: str) -> str | None:
    """None when there is too little to act upon."""
    description = _stripped(text)
    if len(description) > LONGEST:
        raise InvalidAnswer(
            f"问题描述请控制在{LONGEST}字以内（现在{len(description)}字），详细材料可另行提交。"
        )
    return description if len(description) >= 6 else None


def _confirm(context: Context, dialog: OpenDialog, answers: dict[str, Any]) -> Answer:
    """Shown once more before it is filed; what is about a person never in the group."""
    answers.setdefault("lead", dialog.answers.get("lead", ""))
    answers["private"] = bool(answers.get("private")) or about_a_person(context, answers)
    alike = None if answers["private"] else alike_one(context, answers)
    answers["alike"] = alike.no if alike else None
    go_on(context, dialog, "same" if alike else "confirm", **answers)
    if answers["private"]:
        return shown_in_private(context, answers["description"])
    return _shown(context, answers, alike)


def _shown(context: Context, answers: dict[str, Any], alike: Issue | None) -> Answer:
    project, site = context.must_project, context.site
    item = site.catalogue.items.get(answers["item"] or "")
    department = site.departments.get(answers.get("department") or (item.lead if item else ""))
    category = Category(answers["category"])
    text = texts.form(
        project,
        answers["description"],
        category,
        item.spoken if item else "",
        department.name if department else "",
        routing_texts.same_one(alike) if alike else "",
    )
    text = lines(answers["lead"], text)
    recent = Recent(project.id, answers["item"])
    say = Say(text, markdown=True)
    if context.message.channel is not Channel.BOT or not context.group_cards:
        return Answer(say, recent=recent)
    fields = [CardField("项目", clipped(project.name, 26)), CardField("类别", CATEGORY_NAMES[category])]
    fields += [CardField("事项", item.spoken)] if item else []
    fields += [CardField("将转", department.name)] if department else []
    return Answer(SayAndCard(say, _card(context, answers, tuple(fields))), recent=recent)


def _card(context: Context, answers: dict[str, Any], fields: tuple[CardField, ...]) -> Card:
    owner, alike = f"{context.must_sender.id}:{context.must_project.id}", answers.get("alike")
    return Card(
        CardKind.BUTTONS,
        title="意见反馈表（请确认）",
        desc=f"反馈人：{context.must_sender.name}",
        task_id=f"form_{context.must_sender.id}_{context.must_project.id}_{context.inbox_id}",
        quote=clipped(answers["description"], 120),
        fields=fields,
        body=f"与问题{alike}相似，是同一件事吗？" if alike else "",
        buttons=(
            *((CardButton(f"并入问题{alike}", f"form.merge:{owner}", 1),) if alike else ()),
            CardButton("仍单独提交" if alike else "提交", f"form.submit:{owner}", 2 if alike else 1),
            CardButton("修改", f"form.change:{owner}", 2),
            CardButton("取消", f"form.cancel:{owner}", 3),
        ),
    )


def _submit(context: Context, dialog: OpenDialog) -> tuple[Issue, Answer]:
    context.must_be_allowed(Action.FILE_ISSUE)
    filed = file(context, dialog.answers)
    end(context, dialog)
    return filed


def merge(context: Context, dialog: OpenDialog) -> tuple[Issue, Answer]:
    """The same problem again: both wordings are kept, whoever holds it is told once."""
    context.must_be_allowed(Action.FILE_ISSUE)
    merged = merge_into(context, dialog.answers)
    end(context, dialog)
    return merged


DIALOG = Dialog(KIND, timedelta(days=7), _take)
