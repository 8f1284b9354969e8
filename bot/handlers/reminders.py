"""“稍后提醒” and “今天不再提醒”, as words and as buttons."""

from __future__ import annotations

from collections.abc import Sequence

from bot.context import Answer, CardAction, Context, words
from bot.moves import carding
from bot.moves.reminding import Desk
from bot.platform import CardClick
from bot.texts import reminders as texts


def later(context: Context, arguments: dict[str, str]) -> Answer:  # noqa: ARG001
    return words(_put_off(context))


def no_more(context: Context, arguments: dict[str, str]) -> Answer:  # noqa: ARG001
    return words(_enough(context))


def click_later(context: Context, click: CardClick, arguments: Sequence[str]) -> Answer:  # noqa: ARG001
    return _clicked(context, click, "已推迟", _put_off(context))


def click_no_more(context: Context, click: CardClick, arguments: Sequence[str]) -> Answer:  # noqa: ARG001
    return _clicked(context, click, "今天不再提醒", _enough(context))


def _clicked(context: Context, click: CardClick, title: str, line: str) -> Answer:
    carding.note_click(context, click)
    context.tx.cards.finish(click.task_id)
    return Answer(carding.settled(title, "", click.task_id, line))


def _put_off(context: Context) -> str:
    count, due = _desk(context).put_off(context.must_sender.userid)
    return texts.put_off(count, due)


def _enough(context: Context) -> str:
    return texts.no_more(_desk(context).no_more(context.must_sender.userid))


def _desk(context: Context) -> Desk:
    context.must_sender  # noqa: B018 – whoever is not registered is told so first
    return Desk(context.tx, context.site.clock, context.calendar, context.now)


CARDS = (CardAction("remind_later", click_later), CardAction("remind_no_more", click_no_more))
