"""What questionnaires said, as a workbook: the figures, and every answer."""

from __future__ import annotations

from bot.documents.table_sheets import CellValue, SheetText, book
from bot.platform import SendFile
from bot.texts.surveys import SCORE_NAMES
from domain.filled_forms import FilledForm
from domain.site import Site
from domain.surveys import SurveyResult, count
from storage.store import Transaction

_COLUMNS = (
    ("单位", 26), ("项目阶段", 16), ("最难的事项", 22), ("跑动次数", 9), *((name, 11) for name in SCORE_NAMES.values()),
    ("建议", 34), ("接受回访", 9), ("编号", 17),
)  # fmt: skip


def draw(tx: Transaction, site: Site, key: str) -> SendFile:
    """`key`: the survey."""
    survey = tx.surveys.get(int(key))
    if survey is None:
        raise LookupError("survey")
    invitations = tx.surveys.invitations(survey.id)
    forms = [form for one in invitations if one.form_id and (form := tx.forms.get(one.form_id))]
    found = count(len(invitations), [form.values for form in forms])
    under, title = survey.period.name, site.forms["F26"].title
    data = book(
        SheetText("汇总", f"{title}汇总", under, (("指标", 40), ("数值", 12)), _figures(found, site)),
        SheetText("明细", f"{title}明细", under, _COLUMNS, [_row(form, site) for form in forms]),
    )
    return SendFile(f"问卷汇总（{under}）.xlsx", data)


def _called(key: str, site: Site) -> str:
    items = site.catalogue.items
    return items[key].spoken if key in items else key


def _figures(found: SurveyResult, site: Site) -> list[list[CellValue]]:
    scores: list[list[CellValue]] = [
        [f"{SCORE_NAMES[key]}（平均，满分5分）", round(value, 2)] for key, value in found.scores.items()
    ]
    hardest: list[list[CellValue]] = [
        [f"最难办：{_called(key, site)}", times] for key, times in found.hardest
    ]
    trips = "" if found.trips is None else round(found.trips, 2)
    return [
        ["发出", found.asked],
        ["收回", found.answered],
        *scores,
        ["平均跑动次数", trips],
        ["愿意接受回访", found.call_back],
        *hardest,
    ]


def _row(form: FilledForm, site: Site) -> list[CellValue]:
    said = form.values
    hardest = "、".join(_called(key, site) for key in said["hardest"])
    scores = [said[key] for key in SCORE_NAMES]
    own = [said["enterprise"], said["stage"], hardest, said["trips"]]
    return [*own, *scores, said["advice"], said["call_back"], form.no]
