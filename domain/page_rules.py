"""What the mobile pages offer to tap, and how long a link to them lives, as the site sets it."""

from __future__ import annotations

from dataclasses import dataclass

from domain.configuration import Section

NEXT_DAY = "{下一工作日}"
# Nobody promises without a day.
VAGUE = ("尽快", "近期", "即将", "稍后", "尽早", "抓紧")
ANSWERS = (
    "经核查，该要求不在公布的材料清单内，已告知窗口，可直接申报。",
    f"资料已收到，正在核对，{NEXT_DAY}前答复结果。",
    f"已安排{NEXT_DAY}到现场踏勘，请安排熟悉情况的人员配合。",
    "请按材料清单补齐后再次提交，缺少的材料是：",
)
ANSWER_REASONS = ("请写明办理时间。", "请写明经办窗口和联系人。", "请说明依据的条款。")
MATERIAL_REASONS = (
    "印章不清晰，请重新扫描。",
    "缺少签字或日期，请补签后重传。",
    "不是最新版本，请换成最新版本。",
)

_BOARD = ("live_cases", "late_lines", "export_projects")


@dataclass(frozen=True)
class PageRules:
    """`answers`: ready ones for officers; `answer_reasons`, `material_reasons`: why something is given back.
    `link_minutes`: of a login link for outside the client. The board counts up to `live_cases` cases anew for everybody
    who looks, shows `late_lines` lines, and makes tables of up to `export_projects` projects at once."""

    answers: tuple[str, ...] = ANSWERS
    answer_reasons: tuple[str, ...] = ANSWER_REASONS
    material_reasons: tuple[str, ...] = MATERIAL_REASONS
    link_minutes: int = 10
    live_cases: int = 60
    late_lines: int = 30
    export_projects: int = 300

    def ready_answers(self, next_day: str) -> tuple[str, ...]:
        return tuple(one.replace(NEXT_DAY, next_day) for one in self.answers)


def read_pages(document: Section) -> PageRules:
    """Everything has a default: a site kept by an older version has no such file."""
    usual = PageRules()
    rules = PageRules(
        _ready(document, "answers") or usual.answers,
        _ready(document, "answer_reasons") or usual.answer_reasons,
        _ready(document, "material_reasons") or usual.material_reasons,
        document.integer("link_minutes", least=1, default=usual.link_minutes),
        *(document.integer(name, least=1, default=getattr(usual, name)) for name in _BOARD),
    )
    document.end()
    return rules


def _ready(document: Section, key: str) -> tuple[str, ...]:
    found = document.texts(key)
    for one in found:
        if any(word in one for word in VAGUE):
            document.flaw(key, f"“{one}”没有说明日期，请写明日期或用 {NEXT_DAY}")
    return found
