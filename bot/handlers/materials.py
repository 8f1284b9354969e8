"""Materials and papers: the list for an item with what is still missing; template files on request."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from bot.case_view import cases_of
from bot.context import Answer, Context, Handler, Job, words
from bot.dialogs import choose
from bot.documents import template_library
from bot.moves import deferring, handing_in, which, which_item
from bot.moves.which import Running
from bot.moves.work import case_work
from bot.platform import Paper
from bot.records import to_record
from bot.texts import deferrals, refusals
from bot.texts import materials as texts
from bot.understanding import days
from bot.understanding.acts import Act, Intent
from domain.errors import InvalidAnswer, NotFound, Unclear
from domain.items import ItemState
from domain.materials import Material, MaterialState, MaterialVersion
from domain.people import Action
from storage.dialogs import Recent
from storage.outbox import NewMessage

FILE_REMEMBERED = timedelta(minutes=30)


def show(context: Context, act: Act) -> Answer:
    context.must_be_allowed(Action.ASK)
    project = context.must_project
    views = which_item.own_views(context)
    planned = [v for case in views for v in case.items]
    item = which_item.the_one(context, act, views, "您要哪一项的材料清单？请回复数字：")
    if item is None:
        running = [v for v in planned if v.item.state not in {ItemState.COMPLETED, ItemState.WITHDRAWN}]
        if not running:
            raise NotFound("item")
        raise Unclear(
            "您要哪一项的材料清单？请回复数字，或直接写事项名称：",
            [(v.entry.id, v.entry.spoken) for v in running[:6]],
        )
    entry = context.site.catalogue.items[item]
    found = next((v.item for v in planned if v.entry.id == item), None)
    kept = context.tx.materials.of_items([found.id]).get(found.id, []) if found else []
    listed = kept or [
        Material(0, 0, spec.name, spec.required, spec.form, MaterialState.MISSING) for spec in entry.materials
    ]
    newest = _newest(context, kept)
    text = texts.checklist(entry, listed, context.site, newest, tracked=bool(kept))
    return words(text, recent=Recent(project.id, item))


def _newest(context: Context, kept: list[Material]) -> dict[int, tuple[MaterialVersion, date]]:
    zone = context.calendar.zone
    versions = context.tx.materials.versions([one.id for one in kept])
    return {key: (all_[-1], all_[-1].uploaded_at.astimezone(zone).date()) for key, all_ in versions.items()}


def send_template(context: Context, act: Act) -> Answer:
    """A file cannot be an answer: the app sends it to the person, the answer says so."""
    context.must_be_allowed(Action.ASK)
    sender = context.must_sender
    form = context.site.forms.get(str(act.slots.get("topic", "")))
    if form and not form.issued:
        raise InvalidAnswer(texts.not_ours(form.title))
    if form:
        template_library.template_of(form, context.site)
        paper, name = Paper("form", form.key, context.must_project.id), form.title
    elif item := which_item.the_one(context, act):
        entry = context.site.catalogue.items[item]
        paper, name = Paper("checklist", entry.id, context.must_project.id), f"{entry.spoken}材料清单"
    else:
        return words(texts.which_template(context.site), recent=context.recent)
    row = NewMessage(
        "person",
        sender.userid,
        to_record(paper),
        f"paper:{paper.key}",
        context.now,
        inbox_id=context.inbox_id,
    )
    return words(texts.template_sent(name, is_form=form is not None, site=context.site)).and_tell(row)


def hand_in(context: Context, act: Act) -> Answer:
    """A file that was quoted, sent along, or sent just before: to the material it is for. Where no item is named it is
    kept, and the officer registers it."""
    if act.focus in _ORDERS:
        return _ORDERS[act.focus](context, act)
    picked = act.slots.get("inbox")
    if picked is None and not context.message.files:
        context.must_be_allowed(Action.ASK)
        officer = context.tx.people.get(context.must_project.officer_id)
        return words(texts.no_file(officer.name))
    context.must_be_allowed(Action.HAND_IN)
    if picked is None and not (act.item or act.readings):
        return _kept_only(context)
    return _hand_in(context, act, int(picked or context.inbox_id or 0))


def _kept_only(context: Context) -> Answer:
    project, sender = context.must_project, context.must_sender
    officer = context.tx.people.get(project.officer_id)
    row = case_work(context).tell(
        officer, texts.handed_in(project.name, sender.name), f"project:{project.id}"
    )
    return words(texts.file_kept(officer.name), recent=Recent(project.id)).and_tell(row)


def _hand_in(context: Context, act: Act, inbox_id: int) -> Answer:
    """Fetching comes later (five minutes at most), and with it the check; here it is only said what the file is for."""
    work = case_work(context)
    running = which.item(context, work, act, Action.HAND_IN)
    handing_in.must_take(running)
    named = act if act.focus or "material" in act.slots else replace(act, rest=_behind_the_item(act, running))
    try:
        found, _ = which.chosen_material(work, running, named)
    except Unclear as unclear:
        return _ask_which(context, named, running, unclear, inbox_id)
    context.tx.files.attach(inbox_id, "material", found.id, context.must_sender.id, context.now)
    officer = context.tx.people.get(running.project.officer_id)
    text = texts.taken(
        running.entry.spoken, found.name, officer.name, stated=handing_in.is_stated(work, running)
    )
    fetched = bool(context.tx.files.of_inbox(inbox_id))
    return replace(
        words(text, recent=running.recent), jobs=(Job("keep_files", (inbox_id,)),) if fetched else ()
    )


def _behind_the_item(act: Act, running: Running) -> str:
    """“这是环评报告表的修改稿”: what is left when the item and small words are taken out."""
    entry, left = running.entry, act.rest
    for name in sorted((entry.name, entry.spoken, *entry.aliases), key=len, reverse=True):
        left = left.replace(name.lower(), " ")
    return _SMALL.sub(" ", left).strip()


_SMALL = re.compile(
    r"这是|这个|这份|我们?的?|的|材料|资料|文件|修改稿|请?查收|请?收一?下|看一下|已经?|发(?:给你|过来|上来)?了|补(?:交|齐)?了?|[,，。:：]"
)


def _ask_which(
    context: Context, act: Act, running: Running, unclear: Unclear, inbox_id: int
) -> Answer:  # fmt: skip
    """The file came with this message; the number comes with the next."""
    slots = {**act.slots, "inbox": inbox_id, "item": running.entry.id}
    asked = choose.ask(context, replace(act, slots=slots, rest="", focus=""), unclear)
    question = refusals.explain(unclear) if asked else refusals.by_name(unclear)
    return words(f"{question}\n{texts.none_of_these(context.whom_to_ask)}", recent=running.recent)


def _last_file(context: Context, act: Act) -> Answer:
    """“刚才的文件是 施工许可 施工合同”"""
    context.must_be_allowed(Action.HAND_IN)
    inbox_id = context.tx.files.last_sent(context.must_sender.id, context.now - FILE_REMEMBERED)
    if inbox_id is None:
        officer = context.tx.people.get(context.must_project.officer_id)
        return words(texts.which_file(officer.name))
    if not (act.item or act.readings):
        raise InvalidAnswer(texts.how_to_name())
    return _hand_in(context, act, inbox_id)


def _state_truth(context: Context, act: Act) -> Answer:  # noqa: ARG001
    context.must_be_allowed(Action.HAND_IN)
    work, project = case_work(context), context.must_project
    case = work.case_of(project)
    new = handing_in.state_truth(work, context.must_sender, project.id, case.id)
    if new:
        work.log(project, case, "项目单位承诺所提交材料真实、合法、有效", subject=f"case:{case.id}")
    return words(texts.stated(project.name, again=not new), recent=Recent(project.id))


def _defer(context: Context, act: Act) -> Answer:
    """“容缺 施工许可 水质报告 9月30日 承诺补齐”"""
    work = case_work(context)
    running = which.item(context, work, act, Action.HAND_IN)
    found, rest = which.chosen_material(work, running, act)
    until = date.fromisoformat(act.slots["due"]) if "due" in act.slots else None
    promise = re.sub(rf"^{days.DAY}\s*(?:前|之前)?[\s,，:：]*", "", rest)
    told = deferring.ask(work, running, found, until, promise)
    who = deferring.granter_name(work, running, found)
    text = deferrals.asked(running.entry.spoken, found.name, until or context.today, who)
    return words(text, recent=running.recent).and_tell(*told)


def _commit(context: Context, act: Act) -> Answer:
    """告知承诺 (R104): kept with the item, with a check to be done later."""
    work = case_work(context)
    running = which.item(context, work, act, Action.HAND_IN)
    if len(act.rest.strip()) < 4:
        raise InvalidAnswer(deferrals.how_to_commit(running.entry.spoken))
    told = deferring.commit(work, running, act.rest.strip())
    officer = context.tx.people.get(running.project.officer_id)
    text = deferrals.committed(running.entry.spoken, officer.name)
    return words(text, recent=running.recent).and_tell(*told)


_ORDERS: dict[str, Callable[[Context, Act], Answer]] = {
    "last_file": _last_file,
    "truthful": _state_truth,
    "defer": _defer,
    "commit": _commit,
}


def supplement(context: Context, act: Act) -> Answer:
    """补正: what was told, on which day, by whom, and what came back."""
    context.must_be_allowed(Action.ASK)
    project = context.must_project
    found = cases_of(context.tx, [project.id], context.site, context.calendar, context.today)
    views = [v for case in found.get(project.id, []) for v in case.running]
    kept = context.tx.materials.of_items([v.item.id for v in views])
    returned = [
        (v, [m for m in kept.get(v.item.id, []) if m.state is MaterialState.RETURNED])
        for v in views
        if act.item in (None, v.entry.id)
    ]
    wanted = [(v, back) for v, back in returned if back or v.item.state is ItemState.CORRECTION]
    officer = context.tx.people.get(project.officer_id)
    notices = context.tx.materials.notices([v.item.id for v, _ in wanted])
    due = {item: told[-1].due for item, told in notices.items()}
    return words(texts.corrections(project.name, wanted, context.site, officer.name, due))


SUPPLEMENT = Handler(frozenset({Intent.SUPPLEMENT}), supplement)
HAND_IN = Handler(frozenset({Intent.SUBMIT_MATERIAL}), hand_in)
HANDLER = Handler(frozenset({Intent.MATERIALS}), show)
TEMPLATES = Handler(frozenset({Intent.TEMPLATE}), send_template)
