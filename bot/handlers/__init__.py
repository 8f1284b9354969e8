"""One module per occasion. Who answers what is this table; the last one answers what no other knew."""

from __future__ import annotations

from collections.abc import Callable

from bot.context import Answer, CardAction, Context, Handler
from bot.handlers import (
    cards,
    completion,
    deliveries,
    feedback,
    guide,
    help,
    items,
    logging,
    materials,
    membership,
    planning,
    progress,
    project_guide,
    ratings,
    records,
    replies,
    reviews,
    signing,
    statistics,
    suspension,
    todo,
    wishes,
)

__all__ = ["CARDS", "COMMANDS", "HANDLERS"]

HANDLERS: tuple[Handler, ...] = (
    progress.HANDLER,
    materials.HANDLER,
    materials.TEMPLATES,
    materials.HAND_IN,
    materials.SUPPLEMENT,
    guide.HANDLER,
    guide.CONTACT,
    guide.POLICY,
    feedback.HANDLER,
    feedback.JUDGEMENT,
    *replies.HANDLERS,
    logging.HANDLER,
    *suspension.HANDLERS,
    *completion.HANDLERS,
    *deliveries.HANDLERS,
    *ratings.HANDLERS,
    items.HANDLER,
    *reviews.HANDLERS,
    todo.HANDLER,
    todo.DIGEST,
    *help.HANDLERS,
)

# Exact command words of officers, matched before understanding (contract §6).
COMMANDS: dict[str, Callable[[Context, dict[str, str]], Answer]] = {
    "bind": membership.bind,
    "unbind": membership.unbind,
    "release": replies.release,
    "hurry": replies.hurry,
    "return": replies.return_draft,
    "undo": replies.undo,
    "records": records.show,
    "fetch": records.fetch,
    "edit_log": logging.edit,
    "tables": statistics.send,
    "achievements": statistics.achievements,
    "fine": items.fine,
    "sign": signing.sign,
    "stamped": signing.stamped,
    **suspension.COMMANDS,
    **completion.COMMANDS,
    **deliveries.COMMANDS,
    **ratings.COMMANDS,
    "plan": planning.show,
    "plan_add": planning.add,
    "plan_drop": planning.drop,
    "plan_day": planning.put_off,
    "plan_update": planning.update,
    "package": planning.package,
    "parallel": planning.parallel,
    "opinion": planning.opinion,
    "plan_send": project_guide.send_plan,
    "guide_send": project_guide.send_guide,
    "guide_picture": project_guide.send_picture,
    "guide_check": project_guide.check,
    "factor": project_guide.factor,
    "factor_withdraw": project_guide.withdraw_factor,
    "kinds": guide.kinds,
    "catalogue_changes": guide.changes,
    "facts": wishes.facts,
    "menu": wishes.menu,
}

# What a click on a card does, by the part of its key before ":".
CARDS: dict[str, CardAction] = {
    action.key: action
    for action in (
        *cards.CARDS,
        *signing.CARDS,
        *suspension.CARDS,
        *ratings.CARDS,
        *reviews.CARDS,
    )
}
