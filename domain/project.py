"""The construction project: its facts, its people, its group."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class ProjectType(StrEnum):
    """Keys of the catalogue's `meta.project_types`."""

    GOV_BUILDING = "gov_building"
    GOV_LINEAR = "gov_linear"
    SOCIAL_GENERAL = "social_general"
    SOCIAL_INDUSTRIAL = "social_industrial"
    SOCIAL_SMALL = "social_small"
    LOW_RISK = "low_risk"
    RENOVATION = "renovation"


PROJECT_TYPE_NAMES: dict[ProjectType, str] = {
    ProjectType.GOV_BUILDING: "政府投资房屋建筑类",
    ProjectType.GOV_LINEAR: "政府投资市政线性工程类",
    ProjectType.SOCIAL_GENERAL: "一般社会投资类",
    ProjectType.SOCIAL_INDUSTRIAL: "社会投资工业类",
    ProjectType.SOCIAL_SMALL: "社会投资中小型工程类",
    ProjectType.LOW_RISK: "社会投资简易低风险类",
    ProjectType.RENOVATION: "既有建筑装饰装修类",
}


@dataclass(frozen=True)
class Enterprise:
    """项目单位 / 建设单位: the applicant, always (R005)."""

    id: int
    name: str
    credit_code: str = field(default="", repr=False)
    address: str = field(default="", repr=False)


@dataclass(frozen=True)
class Project:
    """`code` is our own 项目编号; `national_code` the 投资项目统一代码 (may come later, R063)."""

    id: int
    code: str
    name: str
    type: ProjectType
    enterprise_id: int
    officer_id: int
    deputy_id: int | None = None
    national_code: str = ""
    facts: Mapping[str, object] = field(default_factory=dict, repr=False)

    @property
    def short_name(self) -> str:
        """For lists: as the office calls it, else the beginning of the name."""
        return str(self.facts.get("short_name") or self.name[:14])


@dataclass(frozen=True)
class WorkGroup:
    """工作群. Two chat ids of two name spaces: `appchat` (the app posts) and `bot_chat` (the bot hears),
    joined by "@代办助手 绑定 <项目编号>" (contract §9). `members`: user ids as last read."""

    id: int
    project_id: int
    name: str
    appchat: str | None = None
    bot_chat: str | None = None
    owner: str = ""
    members: tuple[str, ...] = ()
    gone: bool = False  # the platform no longer knows it
