"""FilledForm: a form of the service filled in for a case – numbered, versioned, signed by whom it needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from domain.errors import IllegalMove, NotAllowed
from domain.people import Role


class FormState(StrEnum):
    DRAFT = "draft"
    ISSUED = "issued"  # made and told; waits for signatures where it needs any
    SIGNED = "signed"  # everybody who must sign has signed
    VOID = "void"  # replaced by a newer version, or no longer wanted


class SignedHow(StrEnum):
    CLIENT = "client"  # the signatory's own confirmation in the chat client
    STAMPED = "stamped"  # an uploaded copy with stamp or signature, entered by the service officer


SIGNED_HOW_NAMES = {SignedHow.CLIENT: "企业微信确认", SignedHow.STAMPED: "盖章件"}


@dataclass(frozen=True)
class Signature:
    """`role`: in which capacity. `file_id`: the stamped copy, when there is one. `entered_by`: who handed it in."""

    person_id: int
    name: str = field(repr=False)
    role: Role
    at: datetime
    how: SignedHow = SignedHow.CLIENT
    file_id: int | None = None
    entered_by: str = field(default="", repr=False)


@dataclass(frozen=True)
class FilledForm:
    """`form`: its key in forms.yaml (F1 …). `values`: by the keys of its fields; a table is a list of rows. `no` stays
    the same over its versions. `signers`: who must sign, in order; anybody of them may be first."""

    id: int
    no: str
    form: str
    project_id: int
    case_id: int | None
    values: Mapping[str, Any] = field(repr=False)
    version: int = 1
    state: FormState = FormState.DRAFT
    signers: tuple[Role, ...] = ()
    signatures: tuple[Signature, ...] = ()
    made_by: int | None = None
    made_at: datetime | None = None

    @property
    def missing(self) -> tuple[Role, ...]:
        """Roles whose signature is not there yet."""
        signed = {one.role for one in self.signatures}
        return tuple(role for role in self.signers if role not in signed)

    def sign(self, signature: Signature) -> FilledForm:
        """Raises IllegalMove when it is no longer to be signed, NotAllowed for somebody who need not sign."""
        if self.state is not FormState.ISSUED:
            raise IllegalMove("form", self.state, FormState.SIGNED)
        if signature.role not in self.signers:
            raise NotAllowed("sign")
        if signature.role not in self.missing:
            raise IllegalMove("form", FormState.SIGNED, FormState.SIGNED)
        signed = replace(self, signatures=(*self.signatures, signature))
        return replace(signed, state=FormState.ISSUED if signed.missing else FormState.SIGNED)

    def voided(self) -> FilledForm:
        return replace(self, state=FormState.VOID)
