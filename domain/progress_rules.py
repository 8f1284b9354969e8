"""How progress is told and asked for, and which files may be handed in, as the site sets it."""

from __future__ import annotations

from dataclasses import dataclass

from domain.configuration import Section

ENDINGS = (
    "pdf",
    "ofd",
    "jpg",
    "jpeg",
    "png",
    "tif",
    "tiff",
    "bmp",
    "doc",
    "docx",
    "xls",
    "xlsx",
    "dwg",
    "zip",
)


@dataclass(frozen=True)
class ProgressRules:
    """`quiet_days`: working days without news after which the project is asked, `item_quiet_days`: after which a
    representative is. `answer_days`: working days to answer before the officer is told."""

    undo_minutes: int = 30
    quiet_days: int = 5
    item_quiet_days: int = 5
    answer_days: int = 2
    most_megabytes: int = 20
    endings: tuple[str, ...] = ENDINGS


def read_progress(document: Section) -> ProgressRules:
    """Every figure has a default: a site kept by an older version has no such file."""
    usual = ProgressRules()
    rules = ProgressRules(
        document.integer("undo_minutes", default=usual.undo_minutes),
        document.integer("quiet_days", least=1, default=usual.quiet_days),
        document.integer("item_quiet_days", least=1, default=usual.item_quiet_days),
        document.integer("answer_days", least=1, default=usual.answer_days),
        document.integer("most_megabytes", least=1, default=usual.most_megabytes),
        tuple(one.lower().lstrip(".") for one in document.texts("endings")) or usual.endings,
    )
    document.end()
    return rules
