"""Materials and papers: the list for an item with what is still missing; template files on request."""

from __future__ import annotations

from bot.case_view import cases_of, meant
from bot.context import Answer, Context, Handler, words
from bot.documents import template_library
from bot.notices import Notices
from bot.platform import Mixed, Paper
from bot.records import to_record
from bot.texts import materials as texts
from bot.understanding.acts import Act, Intent
from domain.errors import InvalidAnswer, NotFound, Unclear
from domain.items import ItemState
from domain.materials import Material, MaterialState
from domain.people import Action
from storage.dialogs import Recent
from storage.outbox import NewMessage


def show(context: Context, act: Act) -> Answer:
    context.must_be_allowed(Action.ASK)
    project = context.must_project
    views = cases_of(context.tx, [project.id], context.site, context.calendar, context.today).get(
        project.id, []
    )
    planned = [v for case in views for v in case.items]
    named = list(meant(act.item, act.also, views))
    readings = named or [r for r in act.readings if r in {v.entry.id for v in planned}] or list(act.readings)
    item = readings[0] if len(readings) == 1 else None
    if item is None and readings:
        items = [context.site.catalogue.items[one] for one in readings[:6]]
        raise Unclear(
            act.question or "您要哪一项的材料清单？请回复数字：",
            [(i.id, f"{i.spoken}（{i.stage}）") for i in items],
        )
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
    text = texts.checklist(entry, listed, context.site, tracked=bool(kept))
    return words(text, recent=Recent(project.id, item))


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
    elif act.item:
        entry = context.site.catalogue.items[act.item]
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
    """What was quoted or sent along is kept (`keep_files`); the officer is told, and registers it."""
    context.must_be_allowed(Action.ASK)
    project, sender = context.must_project, context.must_sender
    officer = context.tx.people.get(project.officer_id)
    entry = context.site.catalogue.items.get(act.item or "")
    about = entry.spoken if entry else ""
    quote, content = context.message.quote, context.message.content
    if not ((quote and quote.file) or (isinstance(content, Mixed) and content.images)):
        return words(texts.no_file(officer.name))
    notices = Notices(context.tx, context.site, context.calendar, context.now, context.inbox_id)
    row = notices.say_to(officer, texts.handed_in(project.name, sender.name, about), f"project:{project.id}")
    recent = Recent(project.id, act.item)
    return words(texts.file_kept(officer.name, about), recent=recent).and_tell(row)


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
    return words(texts.corrections(project.name, wanted, context.site, officer.name))


SUPPLEMENT = Handler(frozenset({Intent.SUPPLEMENT}), supplement)
HAND_IN = Handler(frozenset({Intent.SUBMIT_MATERIAL}), hand_in)
HANDLER = Handler(frozenset({Intent.MATERIALS}), show)
TEMPLATES = Handler(frozenset({Intent.TEMPLATE}), send_template)
