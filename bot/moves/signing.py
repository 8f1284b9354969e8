"""Signing a form: the signatory's confirmation in the client with name and time, or a stamped copy (issue of a form
asks everybody who must sign; the last signature sets off what the form was for)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.cards import form_cards
from bot.moves import carding
from bot.moves.work import CaseWork
from bot.texts import forms as texts
from domain.errors import InvalidAnswer, NotAllowed, NotFound
from domain.filled_forms import FilledForm, FormState, Signature, SignedHow
from domain.people import Person, Role
from domain.project import Project
from storage.outbox import NewMessage

After = Callable[[CaseWork, FilledForm, Project], list[NewMessage]]


def ask_to_sign(work: CaseWork, form: FilledForm, project: Project) -> list[NewMessage]:
    """To everybody whose signature is missing: the paper to read, then the card to confirm."""
    told: list[NewMessage] = []
    for role in form.missing:
        for person in work.signatories(project, role):
            if person.active:
                told += [work.send_form(person, form), _card(work, form, project, person)]
    return told


def ask_again(work: CaseWork, form: FilledForm, project: Project, person: Person) -> list[NewMessage]:
    """One person who came later: only the others were asked."""
    return [work.send_form(person, form), _card(work, form, project, person)]


def held(work: CaseWork, form: FilledForm) -> FilledForm:
    """Its row, for a change: the case before its form, as everywhere, so that no two wait for each other."""
    if form.case_id is not None:
        work.locked(form.case_id)
    found = work.tx.forms.get(form.id, lock=True)
    if found is None:
        raise NotFound("paper")
    return found


def must_sign(work: CaseWork, form: FilledForm, project: Project, person: Person) -> Role:
    """In which capacity this person signs. Raises with who must sign, for anybody else; nothing is changed."""
    roles = [role for role in form.signers if person in work.signatories(project, role)]
    missing = [role for role in roles if role in form.missing]
    if missing:
        return missing[0]
    title = work.site.forms[form.form].title
    if roles and form.state in {FormState.ISSUED, FormState.SIGNED}:
        raise InvalidAnswer(f"您已签署《{title}》（{form.no}），无需重复签署。")
    if form.state is FormState.VOID:
        raise InvalidAnswer(f"《{title}》（{form.no}）这一版已作废，请签署最新的一版。")
    wanted = [p.name for role in form.missing for p in work.signatories(project, role)]
    if not wanted:
        raise NotAllowed("sign", f"服务专员{work.tx.people.get(project.officer_id).name}")
    raise InvalidAnswer(f"《{title}》（{form.no}）应由{'、'.join(dict.fromkeys(wanted))}签署，请由本人操作。")


def sign(
    work: CaseWork,
    form: FilledForm,
    project: Project,
    signature: Signature,
    after: Mapping[str, After],
    *,
    but: str | None = None,
) -> tuple[FilledForm, list[NewMessage]]:
    """The caller holds the form's row and has asked `must_sign`. `after`: by form key, what the last signature sets
    off."""
    signed = form.sign(signature)
    work.tx.forms.save(signed)
    details = {"form": form.form, "role": signature.role, "how": signature.how}
    work.audit(project.id, "form.sign", f"form:{form.id}", details)
    told = settle(work, signed, project, signature, but=but)
    if signed.state is FormState.SIGNED:
        follow = after.get(form.form)
        told += follow(work, signed, project) if follow else []
    return signed, told


def by_hand(work: CaseWork, role: Role, person: Person) -> Signature:
    return Signature(person.id, person.name, role, work.now)


def stamped(work: CaseWork, role: Role, person: Person) -> Signature:
    """A stamped copy entered for the signatory by whoever is at work; the file is tied to the form."""
    return Signature(person.id, person.name, role, work.now, SignedHow.STAMPED, entered_by=work.actor_name)


def settle(
    work: CaseWork, form: FilledForm, project: Project, signature: Signature, *, but: str | None = None
) -> list[NewMessage]:
    """Cards of everybody who could have given this signature show their final state; `but`: the clicked one, which
    the answer to the click changes."""
    title, line = work.site.forms[form.form].title, texts.signed_line(signature.name)
    same_side = frozenset(person.id for person in work.signatories(project, signature.role))
    only = same_side if form.missing else None
    return carding.settle(work, f"sign:{form.id}", title, project.name, line, but=but, only=only)


def _card(work: CaseWork, form: FilledForm, project: Project, person: Person) -> NewMessage:
    card = form_cards.to_sign(form, work.site.forms[form.form].title, project)
    return carding.send(work, person, card, f"sign:{form.id}")
