"""An approved case study as a paper; nothing on it says whose it was."""

from __future__ import annotations

from bot.documents.form_values import clean
from bot.documents.office_paper import line, new_paper, saved
from bot.platform import SendFile
from domain.case_studies import StudyState
from storage.store import Transaction

TITLE = "帮办代办典型案例"


def draw(tx: Transaction, key: str) -> SendFile:
    """`key`: the study. Raises LookupError for one that nobody approved, or that was changed since."""
    study = tx.case_studies.get(int(key))
    if study is None or study.state is not StudyState.APPROVED:
        raise LookupError("study")
    document = new_paper(TITLE)
    for text in (*study.body.split("\n"), f"经验做法：{study.lessons}"):
        line(document, clean(text))
    return SendFile(f"{TITLE}（{study.id}）.docx", saved(document))
