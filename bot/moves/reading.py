"""Whose eyes a paper of a case is for."""

from __future__ import annotations

from bot.context import Context
from domain.people import ENTERPRISE, Role
from domain.project import Project

_READERS = ENTERPRISE | {Role.SERVICE_OFFICER}
# What somebody said of the service: not for those it is about.
_RATING = "F12"
# What officers say among themselves: referral letter, minutes, submission (R130).
_AMONG_OFFICERS = frozenset({"F18", "F24", "F29"})
# A press is between offices: not in the enterprise's group, whoever asks there.
_PRESS = "F27"


def may_read(context: Context, project: Project, form: str) -> bool:
    if form == _PRESS and context.message.in_group:
        return False
    return bool(context.standing_towards(project).roles & _readers(form))


def _readers(form: str) -> frozenset[Role]:
    if form == _PRESS:
        return frozenset({Role.SERVICE_OFFICER, Role.SUPERVISOR})
    if form in _AMONG_OFFICERS:
        return frozenset({Role.SERVICE_OFFICER})
    return ENTERPRISE if form == _RATING else _READERS
