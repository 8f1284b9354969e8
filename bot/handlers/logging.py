"""“记录 …”, “改记录 12 …” and “台账 …”: the office's own record of what it did (R070, R092, R096)."""

from __future__ import annotations

import re

from bot.context import Answer, Context, Handler, words
from bot.moves import logging as moves
from bot.moves.work import case_work
from bot.texts import ledger as texts
from bot.understanding.acts import Act, Intent
from domain.case import CONTACT_CHANNEL_NAMES
from domain.errors import InvalidAnswer, NotAllowed, NotFound
from domain.ledger import BY_ITSELF, LogEntry
from domain.people import Action
from domain.project import Project
from storage.dialogs import Recent

MOST_LISTED = 10
_ORDER = re.compile(r"^(?:@\S+\s+)?(?:工作)?(?P<word>记录|日志|台账)[\s:：,，]*")
_CHANGE = re.compile(r"^(?:@\S+\s+)?改(?:工作)?(?:记录|日志|台账)[\s:：,，]*\d+[\s:：,，]*")
_CODE_ONLY = re.compile(r"[\s:：,，]*(?:[A-Za-z]{1,6}-\d{4}-\d{3,4}|[\d-]{20,})?[\s。]*")


def log(context: Context, act: Act) -> Answer:
    order = _ORDER.match(act.rest)
    rest = act.rest[order.end() :] if order else act.rest
    bare = _CODE_ONLY.fullmatch(rest) is not None
    if (order and order["word"] != "记录" and bare) or (order and order["word"] == "台账"):
        return _list(context)
    context.must_be_allowed(Action.LOG_WORK)
    project, item = context.must_project, act.item
    written = moves.read(rest)
    work = case_work(context)
    number = moves.record(work, project, written, item)
    if context.message.files:
        work.tx.files.attach(context.inbox_id or 0, "log", number, context.must_sender.id, context.now)
    entry = context.site.catalogue.items.get(item or "")
    channel = CONTACT_CHANNEL_NAMES[written.channel or work.channel]
    said = texts.kept(number, channel, entry.spoken if entry else "", bool(context.message.files))
    return words(said, recent=Recent(project.id, item))


def edit(context: Context, arguments: dict[str, str]) -> Answer:
    entry, project = _found(context, int(arguments["no"]))
    context.must_be_allowed(Action.LOG_WORK)
    sender = context.must_sender
    of_officer = sender.id in (project.officer_id, project.deputy_id)
    if entry.recorded_by != sender.name and not (of_officer and entry.recorded_by == BY_ITSELF):
        raise InvalidAnswer(f"编号{entry.id}由{entry.recorded_by}登记，请由本人修改，或另记一条说明。")
    written = moves.read(_CHANGE.sub("", context.message.text))
    moves.edit(case_work(context), entry, written)
    return words(texts.edited(entry.id), recent=Recent(project.id, entry.item_id))


def _found(context: Context, number: int) -> tuple[LogEntry, Project]:
    """A row of a project this person has no part in is treated as one that is not there."""
    entry = context.tx.ledger.get(number)
    project = context.tx.projects.get(entry.project_id) if entry else None
    elsewhere = context.message.in_group and context.project != project
    if entry is None or project is None or elsewhere or not context.standing_towards(project).roles:
        context.must_sender  # noqa: B018 – whoever is not registered is told so first
        raise NotFound("log")
    context.project = project
    context.forget_project()
    return entry, project


def _list(context: Context) -> Answer:
    project = context.must_project
    may = context.standing.may
    if not (may(Action.LOG_WORK) or may(Action.SEE_ALL)):
        raise NotAllowed(Action.LOG_WORK, context.whom_to_ask)
    if context.message.in_group:
        raise InvalidAnswer(texts.NOT_IN_A_GROUP.format(code=project.code))
    entries = context.tx.ledger.of_project(project.id)[-MOST_LISTED:]
    return words(texts.listed(project, entries, context.calendar.zone), recent=Recent(project.id))


HANDLER = Handler(frozenset({Intent.LOG_WORK}), log)
