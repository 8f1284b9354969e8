"""Delivery: results on their way to the enterprise, or papers on their way to the office (R099, R142–R148)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from domain.errors import IllegalMove


class DeliveryMode(StrEnum):
    FACE = "face"  # receipt is the signature under the completion slip (R145)
    POST = "post"  # receipt is confirmed by whoever got it (R146)


MODE_NAMES = {DeliveryMode.FACE: "当面", DeliveryMode.POST: "邮寄"}


class DeliveryState(StrEnum):
    SENT = "sent"
    RECEIVED = "received"
    RETURNED = "returned"  # came back: the same things may be sent again


_S = DeliveryState
NEXT: dict[DeliveryState, frozenset[DeliveryState]] = {
    _S.SENT: frozenset({_S.RECEIVED, _S.RETURNED}),
    _S.RECEIVED: frozenset(),
    _S.RETURNED: frozenset(),
}


@dataclass(frozen=True)
class Thing:
    """One paper with its counts. `case_item_id`: the item whose result it is."""

    name: str = field(repr=False)
    number: str = field(default="", repr=False)
    originals: int = 1
    copies: int = 0
    case_item_id: int | None = None


@dataclass(frozen=True)
class Delivery:
    """`inbound`: from the enterprise to the office."""

    id: int
    case_id: int
    mode: DeliveryMode
    things: tuple[Thing, ...]
    handled_by: int
    created_at: datetime
    inbound: bool = False
    state: DeliveryState = DeliveryState.SENT
    courier: str = ""
    tracking_no: str = ""
    sent_on: date | None = None
    received_on: date | None = None
    received_by: str = field(default="", repr=False)

    @property
    def under_way(self) -> bool:
        """On the post, and nobody has said that it arrived."""
        return self.mode is DeliveryMode.POST and self.state is DeliveryState.SENT

    def receive(self, by: str, day: date) -> Delivery:
        return replace(self._to(_S.RECEIVED), received_by=by, received_on=day)

    def come_back(self) -> Delivery:
        return self._to(_S.RETURNED)

    def _to(self, state: DeliveryState) -> Delivery:
        if state not in NEXT[self.state]:
            raise IllegalMove("delivery", self.state, state)
        return replace(self, state=state)


_COUNTS = re.compile(r"(?P<kind>原件|复印件)\s*[x×*:：]?\s*(?P<n>\d{1,3})\s*份?")
_BETWEEN = re.compile(r"[,，;；、\n]+")


def things_of(text: str) -> list[Thing]:
    """“建字第…号 原件1 复印件2；图纸 原件3” – without a count it is one original."""
    return [thing for part in _BETWEEN.split(text) if (thing := _thing(part)) is not None]


def _thing(part: str) -> Thing | None:
    counts = {found["kind"]: int(found["n"]) for found in _COUNTS.finditer(part)}
    name = _COUNTS.sub("", part).strip(" \t:：。")
    if not name:
        return None
    return Thing(name, "", counts.get("原件", 0 if counts else 1), counts.get("复印件", 0))
