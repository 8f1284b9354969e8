"""Talks of several turns: a table of steps each. A dialog belongs to (person, project) and may go on in any chat."""

from __future__ import annotations

from bot.dialogs import choose, extension_words, feedback_form, officer_words
from bot.dialogs.dialog import Dialog

DIALOGS: dict[str, Dialog] = {
    feedback_form.DIALOG.kind: feedback_form.DIALOG,
    choose.DIALOG.kind: choose.DIALOG,
    extension_words.DIALOG.kind: extension_words.DIALOG,
    **{dialog.kind: dialog for dialog in officer_words.DIALOGS},
}
