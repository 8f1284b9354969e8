"""What a site decides about taking cases in: codes, scope of the service, time to decide, reasons, channels."""

from __future__ import annotations

from dataclasses import dataclass

from domain.configuration import Section


@dataclass(frozen=True)
class EligibilityRules:
    """R021–R025. `unrestricted`: every construction project may be served."""

    unrestricted: bool
    funding: tuple[str, ...]
    works: tuple[str, ...]
    higher_authority: tuple[str, ...]
    natures: tuple[str, ...]
    key_levels: tuple[str, ...]


@dataclass(frozen=True)
class RefusalReason:
    """One of the reasons of F15, with what the enterprise may do."""

    reason: str
    can_do: str


@dataclass(frozen=True)
class ServicePoint:
    """Where and when people are served (R068–R070)."""

    key: str
    name: str
    place: str
    hours: str


@dataclass(frozen=True)
class Intake:
    code_days: int
    wrong_most: int
    decide_days: int
    opened_by: tuple[str, ...]
    may_follow: tuple[str, ...]
    eligibility: EligibilityRules
    refusals: tuple[RefusalReason, ...]
    agent: str
    basis: str
    full_notice: tuple[str, ...]
    channels: tuple[ServicePoint, ...]


_REASONS = (
    "不属于受理范围",
    "经告知补正未及时提交",
    "补正后仍不符合",
    "申请人不符合资格",
    "其他",
)  # fmt: skip


def read_intake(document: Section) -> Intake:
    """An older document has no such part: everything has a default."""
    has_codes = document.has("codes")
    codes = document.section("codes") if has_codes else None
    intake = Intake(
        codes.integer("valid_days", least=1, default=7) if codes else 7,
        codes.integer("wrong_most", least=1, default=5) if codes else 5,
        document.integer("decide_days", least=1, default=3),
        document.texts("opened_by"),
        document.texts("may_follow"),
        _eligibility(document),
        tuple(map(_refusal, document.sections("refusals")))
        or tuple(RefusalReason(one, "") for one in _REASONS),
        document.text("agent", default=""),
        document.text("basis", default=""),
        document.texts("full_notice"),
        tuple(map(_point, document.sections("channels"))),
    )
    document.end()
    if codes:
        codes.end()
    return intake


def _eligibility(document: Section) -> EligibilityRules:
    if not document.has("eligibility"):
        document.raw("eligibility")
        return EligibilityRules(True, (), (), (), (), ())
    section = document.section("eligibility")
    rules = EligibilityRules(
        section.flag("unrestricted", default=False),
        *(section.texts(key) for key in ("funding", "works", "higher_authority", "natures", "key_levels")),
    )
    section.end()
    return rules


def _refusal(section: Section) -> RefusalReason:
    reason = RefusalReason(
        section.text("reason", like="不属于受理范围"), section.text("can_do", like="补齐后可重新申请")
    )
    section.end()
    return reason


def _point(section: Section) -> ServicePoint:
    point = ServicePoint(*(section.text(key) for key in ("key", "name", "place", "hours")))
    section.end()
    return point
