"""Talks of several turns: a table of steps each. A dialog belongs to (person, project) and may go on in any chat."""

from __future__ import annotations

from bot.dialogs import (
    application,
    choose,
    decisions,
    extension_words,
    feedback_form,
    item_words,
    mail_address,
    meeting_words,
    officer_words,
    press_words,
    survey,
    suspension_form,
)
from bot.dialogs.dialog import Dialog

DIALOGS: dict[str, Dialog] = {
    feedback_form.DIALOG.kind: feedback_form.DIALOG,
    application.DIALOG.kind: application.DIALOG,
    choose.DIALOG.kind: choose.DIALOG,
    mail_address.DIALOG.kind: mail_address.DIALOG,
    survey.DIALOG.kind: survey.DIALOG,
    suspension_form.DIALOG.kind: suspension_form.DIALOG,
    extension_words.DIALOG.kind: extension_words.DIALOG,
    **{
        dialog.kind: dialog
        for dialog in (
            *officer_words.DIALOGS,
            *item_words.DIALOGS,
            *decisions.DIALOGS,
            *meeting_words.DIALOGS,
            *press_words.DIALOGS,
        )
    },
}
