"""The app's menu, set once per version of the site's facts: no one has to do it in the admin console."""

from __future__ import annotations

import logging
from datetime import datetime

from bot.platform import AnswerLost, DeliveryFailed, Unreachable
from bot.wiring import Parts

log = logging.getLogger(__name__)
JOB, SUBJECT = "app_menu", "app"
# Words and keys as `bot/router.py` knows them.
ENTRIES = (("待办", "todo"), ("进度", "progress"), ("帮助", "help"))


def run(parts: Parts, at: datetime) -> None:
    """Asked outside of any transaction; noted when it worked, so that it is tried again when not. Where the
    edition has no menus the refusal is noted too: the same words can be typed."""
    with parts.store.reading() as tx:
        version = str(tx.sites.newest_version())
        if tx.runs.done(JOB, SUBJECT, version):
            return
    try:
        parts.platform.set_menu(ENTRIES)
    except (AnswerLost, Unreachable) as error:
        log.warning("menu not set: %s", type(error).__name__)
        return
    except DeliveryFailed as failed:
        log.warning("menu refused: %s", failed)
    with parts.store.transaction() as tx:
        tx.runs.claim(JOB, SUBJECT, version, at)
