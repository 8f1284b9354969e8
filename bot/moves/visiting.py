"""上门服务 (R167): a visit to the site as F25 – read from one line, kept as a form for the enterprise to sign, a paper and a
row of the ledger."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.moves import signing
from bot.moves.work import CaseWork
from bot.texts import visits as texts
from bot.understanding.days import DAY, read_day
from domain.case import SERVICE_TYPE_NAMES, Case, ContactChannel, ServiceType
from domain.errors import InvalidAnswer
from domain.filled_forms import FilledForm
from domain.ledger import LogStatus
from domain.people import Role
from domain.project import Project
from domain.site import Site
from storage.outbox import NewMessage

FORM = "F25"
LONGEST = 1500
MOST_PROBLEMS = 8
_LABEL = re.compile(r"[\s,，;；。]*(参加|服务|问题|部门|答复|后续)(?:部门|人员|类型)?[:：]\s*")


@dataclass(frozen=True)
class Problem:
    """Raised on the spot; without an answer it still has to be handled."""

    description: str = field(repr=False)
    department: str
    answer: str = field(default="", repr=False)
    next_step: str = field(default="", repr=False)


@dataclass(frozen=True)
class Visit:
    day: date
    present: str = field(repr=False)
    service_types: tuple[ServiceType, ...]
    problems: tuple[Problem, ...]


def read(text: str, site: Site, today: date) -> Visit:
    """“9月14日 参加：住建局黄志坚 服务：协调 问题：… 答复：… 后续：…”. Raises InvalidAnswer with the way to write it."""
    if len(text) > LONGEST:
        raise InvalidAnswer(f"一次走访请控制在{LONGEST}字以内（现在{len(text)}字），可以分成几次记录。")
    head, *parts = _LABEL.split(text)
    pairs = list(zip(parts[::2], parts[1::2], strict=True))
    said = {label: words.strip(" ,，;；。") for label, words in pairs if label in ("参加", "服务")}
    if not said.get("参加") or not said.get("服务"):
        raise InvalidAnswer(texts.HOW)
    return Visit(_day(head, today), said["参加"], _types(said["服务"]), _problems(pairs, site))


def _day(head: str, today: date) -> date:
    """The nearest such day that is over; today when none is named."""
    named = re.search(DAY, head)
    found = read_day(named[0], today) if named else today
    if found is None or found > today:
        raise InvalidAnswer(f"走访日期应为今天或以前。{texts.HOW}")
    return found


def _types(words: str) -> tuple[ServiceType, ...]:
    known = {**{name: kind for kind, name in SERVICE_TYPE_NAMES.items()}, "辅导": ServiceType.GUIDE}
    found = tuple(dict.fromkeys(kind for name, kind in known.items() if name in words))
    if not found:
        raise InvalidAnswer(
            f"服务类型请写{'、'.join(SERVICE_TYPE_NAMES.values())}中的一种或几种。{texts.HOW}"
        )
    return found


def _problems(pairs: list[tuple[str, str]], site: Site) -> tuple[Problem, ...]:
    rows: list[dict[str, str]] = []
    for label, words in pairs:
        if label == "问题":
            rows.append({label: words.strip()})
        elif rows and label in ("部门", "答复", "后续"):
            rows[-1][label] = words.strip()
    rows = [row for row in rows if row["问题"] not in ("", "无", "没有")]
    if len(rows) > MOST_PROBLEMS:
        raise InvalidAnswer(f"一次走访最多记{MOST_PROBLEMS}个问题，请分成几次记录。")
    return tuple(_problem(row, site) for row in rows)


def _problem(row: Mapping[str, str], site: Site) -> Problem:
    text = row.get("部门") or " ".join(row.values())
    found = [
        (text.find(name), -len(name), one.key)
        for one in site.departments.values()
        for name in (one.name, one.short, *one.aliases)
        if name in text
    ]
    if not found:
        raise InvalidAnswer(texts.which_department(row["问题"]))
    return Problem(row["问题"], min(found)[2], row.get("答复", ""), row.get("后续", ""))


def record(
    work: CaseWork, project: Project, case: Case | None, visit: Visit
) -> tuple[FilledForm, list[NewMessage]]:
    """The form, and who is asked to sign it."""
    enterprise = work.tx.projects.enterprise(project.enterprise_id)
    values = {
        "project_name": f"{enterprise.name} {project.name}",
        "day": visit.day.isoformat(),
        "departments": visit.present,
        "service_type": [SERVICE_TYPE_NAMES[one] for one in visit.service_types],
        "problems": [
            {
                "description": one.description,
                "department": work.site.departments[one.department].name,
                "answer": one.answer,
                "next_step": one.next_step,
            }
            for one in visit.problems
        ],
    }
    form = work.fill(FORM, project, case, values, signers=(Role.ENTERPRISE_CONTACT,))
    work.log(
        project,
        case,
        texts.logged(visit.day, visit.present, [one.description for one in visit.problems]),
        "；".join(one.answer for one in visit.problems if one.answer),
        subject=f"form:{form.id}",
        service_type=visit.service_types[0],
        channel=ContactChannel.VISIT,
        next_step="；".join(one.next_step for one in visit.problems if one.next_step),
        status=LogStatus.ANSWERED if all(one.answer for one in visit.problems) else LogStatus.OPEN,
    )
    return form, signing.ask_to_sign(work, form, project)
