"""The members, departments and groups of the tenant, as the seed file tells them."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True)
class User:
    userid: str
    name: str
    position: str
    department: int
    kind: str
    licensed: bool = True


@dataclass(frozen=True)
class Department:
    id: int
    name: str
    parent: int


@dataclass
class Group:
    """`chat`: the id the app knows, only where the app created the group. `bot_chat`: the AI bot's id."""

    name: str
    owner: str
    members: list[str]
    chat: str | None = None
    bot_chat: str | None = None
    by_app: bool = False
    bot: bool = False
    webhook: str | None = None

    @property
    def key(self) -> str:
        return self.chat or self.bot_chat or ""

    def called(self, chat_id: str) -> bool:
        return chat_id in (self.chat, self.bot_chat)


@dataclass
class Tenant:
    users: dict[str, User]
    departments: list[Department]
    groups: list[Group]
    account_limit: int = 1000
    trusted_domains: list[str] = field(default_factory=list)

    def user(self, userid: str) -> User | None:
        """User ids are unique ignoring case, and answers come lower-cased."""
        return self.users.get(userid.lower())

    def group(self, chat_id: str) -> Group | None:
        return next((group for group in self.groups if group.called(chat_id)), None)

    def groups_of(self, userid: str) -> list[Group]:
        return [group for group in self.groups if userid in group.members]

    def in_department(self, department: int) -> list[str]:
        """Members of a department and of everything below it."""
        below = {department}
        while more := {d.id for d in self.departments if d.parent in below} - below:
            below |= more
        return [user.userid for user in self.users.values() if user.department in below]


def load_tenant(path: Path) -> Tenant:
    seed = deepcopy(_read(path))  # members come and go, and the seed stays
    users = [User(**row) for row in seed["users"]]
    return Tenant(
        users={user.userid.lower(): user for user in users},
        departments=[Department(**row) for row in seed["departments"]],
        groups=[Group(**row) for row in seed["groups"]],
        account_limit=seed.get("account_limit", 1000),
        trusted_domains=seed.get("trusted_domains", []),
    )


@cache
def _read(path: Path) -> dict[str, Any]:
    """Once per process: "back to the seed" is asked for often."""
    reader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # with libyaml where it is: much faster
    seed: dict[str, Any] = yaml.load(path.read_text("utf-8"), reader)
    return seed
