"""帮办代办首席服务申请表 (F1) by talk: takes pasted lines, asks block by block for what is missing, shows the draft, is
submitted after both statements were agreed to; goes on the next day in any chat (R054, R059)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from bot.cards import application_cards
from bot.context import Answer, Context, words
from bot.dialogs.dialog import Dialog, end
from bot.masking import with_mobiles
from bot.moves import applying
from bot.moves.work import CaseWork, case_work
from bot.platform import Channel, Paper, Say, SayAndCard
from bot.records import to_record
from bot.texts import applications as texts
from bot.texts.phrases import clipped
from bot.understanding.acts import Act, Intent
from bot.understanding.patterns import PROJECT_CODE
from domain.application import Application, NamesOfItems, asked, called, completed, must_fit_together, read
from domain.case import ContactChannel
from domain.errors import InvalidAnswer
from domain.forms import FieldSpec, FieldType, FormSpec
from domain.people import ENTERPRISE
from domain.project import Project
from storage.dialogs import OpenDialog, Recent
from storage.outbox import NewMessage

KIND = "application"
LIVES = timedelta(days=7)
MOST_BYTES = 2000  # of one message
LATER = re.compile(r"待补|后补|不清楚|暂无")
_CHANGE = re.compile(r"^改(?:一?下)?\s*[:：]?\s*(?P<what>\S.*)$", re.S)
_LINE = re.compile(r"^[\s>*•\-]*(?P<label>[^:：=]{1,40}?)\s*[:：=]\s*(?P<value>.*)$")
_FREE = frozenset({FieldType.TEXT, FieldType.LONG_TEXT, FieldType.ITEMS})
_ASIDE = frozenset({Intent.HELP, Intent.TODO, Intent.GREET, Intent.THANKS, Intent.PROGRESS, Intent.DIGEST})
_WORDS = ((r"申请包办|委托包办|包办申请", "level", "包办"), (r"(?:申请|委托)代办", "level", "代办"),
          (r"(?:申请|委托)帮办(?!代办)", "level", "帮办"), (r"全流程|全程", "scope", "全流程"))  # fmt: skip


def start(context: Context, project: Project | None, channel: ContactChannel) -> Answer:
    """The caller has looked who may. What was begun before goes on."""
    work = _work(context, channel)
    if project is not None:
        applying.must_be_free(work, project)
    sender, project_id = context.must_sender, project.id if project else 0
    known = context.tx.dialogs.open_for(sender.id, project_id, context.now - LIVES)
    resumed = known is not None and known.kind == KIND
    answers = dict(known.answers) if known and resumed else _first(context, work, project, channel)
    dialog = OpenDialog(sender.id, project_id, KIND, "fill", answers, context.now)
    found = _read_lines(context, context.message.text, answers)
    for pattern, key, value in _WORDS:
        if not resumed and re.search(pattern, context.message.text):
            found.values.setdefault(key, value)
    return _go_on(context, dialog, found, lead=texts.started(project, resumed=resumed))


def opened(context: Context, project: Project | None, channel: ContactChannel) -> OpenDialog:
    """The draft as it stands, begun anew where there is none: what a page shows. Nothing is kept yet."""
    sender, project_id = context.must_sender, project.id if project else 0
    known = context.tx.dialogs.open_for(sender.id, project_id, context.now - LIVES)
    if known is not None and known.kind == KIND:
        return known
    answers = _first(context, _work(context, channel), project, channel)
    return OpenDialog(sender.id, project_id, KIND, "fill", answers, context.now)


def filled(
    context: Context, dialog: OpenDialog, given: Mapping[str, str]
) -> tuple[OpenDialog, list[str], Answer]:
    """Many fields at once, as a page brings them: good ones are kept in the draft, bad ones named. An emptied field
    is empty."""
    found = _Found(dict(dialog.answers["values"]), set(dialog.answers["later"]))
    for spec in asked(_form(context)):
        text = given.get(spec.key)
        if text is None:
            continue
        if not text.strip():
            found.values.pop(spec.key, None)
            continue
        try:
            _put(context, found, spec, text)
        except InvalidAnswer as refused:
            found.problems.append(refused.sentence)
    problems = list(found.problems)
    answer = _go_on(context, dialog, found)
    kept = context.tx.dialogs.open_for(dialog.person_id, dialog.project_id, context.now - LIVES)
    return kept or dialog, problems, answer


def _first(
    context: Context, work: CaseWork, project: Project | None, channel: ContactChannel
) -> dict[str, Any]:
    values = applying.known_values(work, project) if project else {}
    sender = context.must_sender
    if channel in {ContactChannel.CHAT, ContactChannel.GROUP}:
        values.setdefault("contact_name", sender.name)
        if sender.phone:
            values.setdefault("contact_phone", sender.phone)
    values.setdefault("district", context.site.name)
    return {"values": values, "later": [], "agreed": False, "channel": channel.value}


def _take(context: Context, dialog: OpenDialog, act: Act) -> Answer | None:
    text = context.message.text.strip()
    exact = _EXACT.get(text.strip("。.! ！"))
    if exact:
        return exact(context, dialog)
    if act.intent is Intent.CANCEL:
        return cancel(context, dialog)
    change = _CHANGE.match(text)
    if change:
        return _change(context, dialog, change["what"])
    found = _read_lines(context, text, dialog.answers)
    return _go_on(context, dialog, found) if found.lines else _single(context, dialog, act, text)


def _change(context: Context, dialog: OpenDialog, what: str) -> Answer:
    """改 总投资 3600 / 改总投资为3600 / 改 总投资：3600"""
    found = re.match(r"^(?P<label>\S+?)(?:\s*[:：=]\s*|\s+|改?为|改成)(?P<value>.+)$", what, re.S)
    spec = called(_form(context), found["label"]) if found else None
    if found is None or spec is None:
        raise InvalidAnswer(texts.NOTHING_TO_CHANGE)
    return _answered(context, dialog, spec, found["value"])


def _single(context: Context, dialog: OpenDialog, act: Act, text: str) -> Answer | None:
    """Nothing but an answer to the first line that was asked; a question in between is a question."""
    missing = _application(dialog).missing(_form(context))
    aside = act.intent in _ASIDE or text.endswith(("?", "？", "吗", "呢"))
    if not missing or aside or "\n" in text:
        return None
    spec = missing[0]
    # In a group people also talk: only what can be nothing else is an answer there.
    for_words = spec.type in _FREE and (act.intent is not Intent.NONE or context.message.in_group)
    if act.intent is Intent.APPLY or for_words:
        return None
    try:
        return _answered(context, dialog, spec, text)
    except InvalidAnswer:
        if act.intent is Intent.NONE and not context.message.in_group:
            raise
        return None


def _answered(context: Context, dialog: OpenDialog, spec: FieldSpec, text: str) -> Answer:
    found = _Found(dict(dialog.answers["values"]), set(dialog.answers["later"]))
    _put(context, found, spec, text)
    return _go_on(context, dialog, found)


@dataclass
class _Found:
    """What a message said: good lines are kept, bad ones named with what they should look like."""

    values: dict[str, str]
    later: set[str]
    problems: list[str] = field(default_factory=list)
    lines: int = 0


def _read_lines(context: Context, text: str, answers: Mapping[str, Any]) -> _Found:
    found = _Found(dict(answers["values"]), set(answers["later"]))
    for line in re.split(r"[\n；;]", text):
        match = _LINE.match(line)
        spec = called(_form(context), match["label"]) if match else None
        if match is None or spec is None or not match["value"].strip():
            continue
        found.lines += 1
        try:
            _put(context, found, spec, match["value"])
        except InvalidAnswer as refused:
            found.problems.append(refused.sentence)
    return found


def _put(context: Context, found: _Found, spec: FieldSpec, text: str) -> None:
    if LATER.fullmatch(text.strip(" 。")):
        if spec.key not in context.site.intake.may_follow:
            raise InvalidAnswer(f"“{spec.label}”现在就要填，不能待补。")
        found.later.add(spec.key)
        return
    # A phone's field gets the whole number: elsewhere it stays masked.
    whole = with_mobiles(text, context.message.phones) if spec.type is FieldType.PHONE else text
    value = read(spec, whole, _items(context))
    if spec.key == "address" and found.values.get("site") == found.values.get("address"):
        found.values.pop("site", None)  # it followed from the old one
    found.values[spec.key] = value


def _go_on(context: Context, dialog: OpenDialog, found: _Found, lead: str = "") -> Answer:
    values, problems = completed(found.values), found.problems
    later = sorted(key for key in found.later if not values.get(key))
    try:
        must_fit_together(values)
    except InvalidAnswer as refused:
        problems = [*problems, refused.sentence]
        values.pop("finish_planned")
    dialog = _on_its_project(context, dialog, values)
    answers = {**dialog.answers, "values": values, "later": later}
    kept = OpenDialog(dialog.person_id, dialog.project_id, KIND, "fill", answers, context.now)
    context.tx.dialogs.save(kept)
    return _shown(context, kept, problems, lead, _changed(context, dialog, values))


def _changed(context: Context, dialog: OpenDialog, values: Mapping[str, str]) -> str:
    """Of a draft that was whole before only what is different now is shown: the rest was read already."""
    before, form = _application(dialog), _form(context)
    if before.missing(form):
        return ""
    different = [
        one for one in asked(form) if one.key in values and values[one.key] != before.values.get(one.key)
    ]
    return texts.changed(different, values, group=context.message.in_group) if different else ""


def _on_its_project(context: Context, dialog: OpenDialog, values: Mapping[str, str]) -> OpenDialog:
    """A project we know already is not opened a second time (R053); whoever has no part in it does not get in."""
    project = context.tx.projects.get(dialog.project_id) if dialog.project_id else None
    other = applying.double_of(case_work(context), values, project)
    if other is None:
        return dialog
    roles = context.standing_towards(other).roles
    if project is not None or not (roles & ENTERPRISE or _serves(context, other)):
        raise InvalidAnswer(
            "这个项目已有登记，这次的内容没有记下。请核对项目代码和名称；确属贵单位的，请向服务专员要登记码后再申请。"
        )
    applying.must_be_free(case_work(context), other)
    end(context, dialog)
    return replace(dialog, project_id=other.id)


def _serves(context: Context, project: Project) -> bool:
    return context.must_sender.id in (project.officer_id, project.deputy_id)


# ---------------------------------------------------------------- what is shown


def _shown(
    context: Context, dialog: OpenDialog, problems: list[str], lead: str = "", changed: str = ""
) -> Answer:
    application, form = _application(dialog), _form(context)
    missing = application.missing(form)
    recent = Recent(dialog.project_id or None)
    head = "\n".join(one for one in (lead, *problems[:6]) if one)
    if missing:
        group = context.message.in_group
        ask = texts.ask(missing, len(application.values), context.site.intake.may_follow, group=group)
        return words(f"{head}\n{ask}".strip(), recent=recent)
    return _whole_draft(context, dialog, head, changed)


def _whole_draft(context: Context, dialog: OpenDialog, head: str, changed: str) -> Answer:
    """`changed`: stands in place of the draft."""
    application, form = _application(dialog), _form(context)
    eligible = applying.eligibility(case_work(context), application.values)
    complete = texts.complete(
        eligible, agreed=application.agreed, on_behalf=_channel(dialog) not in _BY_THEMSELVES
    )
    # Amounts, phones and addresses are nothing for a group.
    room = MOST_BYTES - len(f"{head}\n{complete}\n".encode())
    shown = () if context.message.in_group or changed else asked(form)
    draft = texts.draft(shown, application.values, application.later, room) if shown else changed
    say = Say("\n".join(one for one in (head, draft, complete) if one), markdown=True)
    recent = Recent(dialog.project_id or None)
    if context.message.channel is not Channel.BOT or not context.group_cards:
        return Answer(say, recent=recent)
    owner = f"{dialog.person_id}:{dialog.project_id}"
    task_id = f"apply_{dialog.person_id}_{dialog.project_id}_{context.inbox_id}"
    name = clipped(application.values["project_name"], 26)
    return Answer(
        SayAndCard(say, application_cards.draft(owner, task_id, name, agreed=application.agreed)),
        recent=recent,
    )


_BY_THEMSELVES = frozenset({ContactChannel.CHAT, ContactChannel.GROUP})


# ---------------------------------------------------------------- agree, submit, draft, cancel


def agree(context: Context, dialog: OpenDialog) -> Answer:
    """Both statements, by the applicant's own word (R011)."""
    kept = replace(dialog, answers={**dialog.answers, "agreed": True}, updated_at=context.now)
    context.tx.dialogs.save(kept)
    if _application(kept).missing(_form(context)):
        return _shown(context, kept, [], "已记录：真实性承诺、自愿委托声明均已确认。")
    return words(texts.agreed())


def submit(context: Context, dialog: OpenDialog) -> Answer:
    project = context.tx.projects.get(dialog.project_id) if dialog.project_id else None
    work = _work(context, _channel(dialog))
    filed, told = applying.file(work, _application(dialog), project, context.must_sender)
    end(context, dialog)
    until = context.calendar.add_working_days(context.today, context.site.intake.decide_days)
    text = texts.submitted(filed.case, filed.project, filed.officer.name, until)
    return words(text, recent=Recent(filed.project.id)).and_tell(*told)


def cancel(context: Context, dialog: OpenDialog) -> Answer:
    end(context, dialog)
    return words(texts.CANCELLED)


def send_draft(context: Context, dialog: OpenDialog) -> Answer:
    """The paper as it stands, to the person alone; made when it is sent."""
    key = f"{dialog.person_id}:{dialog.project_id}"
    paper = to_record(Paper("application", key))
    row = NewMessage(
        "person", context.must_sender.userid, paper, f"draft:{key}", context.now, inbox_id=context.inbox_id
    )
    return words("申请表草稿已通过应用单独发给您，核对后回复“提交”，或用“改 栏目 内容”修改。").and_tell(row)


def show(context: Context, dialog: OpenDialog) -> Answer:
    return _shown(context, dialog, [])


def put_off_all(context: Context, dialog: OpenDialog) -> Answer:
    """Everything that may follow and is still open."""
    open_ones = {one.key for one in _application(dialog).missing(_form(context))}
    later = {*dialog.answers["later"], *(open_ones & set(context.site.intake.may_follow))}
    return _go_on(context, dialog, _Found(dict(dialog.answers["values"]), later))


_EXACT: Mapping[str, Callable[[Context, OpenDialog], Answer]] = {
    "同意": agree,
    "确认声明": agree,
    "提交": submit,
    "确认提交": submit,
    "取消": cancel,
    "发草稿": send_draft,
    "草稿": show,
    "看草稿": show,
    "其余待补": put_off_all,
}


def _work(context: Context, channel: ContactChannel) -> CaseWork:
    return replace(case_work(context), channel=channel)


def _channel(dialog: OpenDialog) -> ContactChannel:
    return ContactChannel(dialog.answers["channel"])


def _application(dialog: OpenDialog) -> Application:
    answers = dialog.answers
    return Application(answers["values"], frozenset(answers["later"]), bool(answers["agreed"]))


def _form(context: Context) -> FormSpec:
    return context.site.forms["F1"]


def _items(context: Context) -> NamesOfItems:
    def name(word: str) -> str | None:
        found = applying.item_called(context.site, word)
        return found.spoken if found else None

    return name


def code_in(text: str) -> str:
    """A project's number in what somebody typed."""
    found = PROJECT_CODE.search(text.lower())
    return found[1].upper() if found else ""


DIALOG = Dialog(KIND, LIVES, _take)
