"""A case with a little of everything, and its archive."""

from __future__ import annotations

from pathlib import Path

from bot.archiving import Archivist
from bot.moves import signing
from bot.moves.work import CaseWork
from domain.filled_forms import FilledForm
from domain.people import Role
from tests.talk import CONTACT, GROUP, OFFICER, SIGNATORY, Talk

KEY = "the key of this test"
PAPER = {"name": "施工合同（盖章）.pdf", "text": "%PDF-1.4 contract"}
VALUES = {"project_name": "云溪岭南新材料厂房", "entrusted": "施工许可阶段代办"}


def lived_in(talk: Talk) -> None:
    """Something was asked, a problem filed, a file handed in, a form signed."""
    talk.says(CONTACT, "施工许可办到哪了")
    talk.files_problem()
    talk.unheard(CONTACT, "", file=PAPER)
    posted = talk.platform.history(CONTACT, GROUP)[-1]["id"]
    talk.says(CONTACT, "施工许可 施工合同", quote=posted)
    signed_form(talk)


def signed_form(talk: Talk) -> FilledForm:
    """An entrustment of YX-2026-001 both sides have signed."""
    parts = talk.parts
    with parts.store.transaction() as tx:
        facts = parts.sites.get(tx)
        work = CaseWork(tx, facts.site, facts.calendar, parts.clock.now(), tx.people.by_userid(OFFICER))
        project = tx.projects.by_code("YX-2026-001")
        assert project
        case = work.case_of(project)
        signers = (Role.ENTERPRISE_SIGNATORY, Role.SERVICE_OFFICER)
        form = work.fill("F13", project, case, VALUES, signers=signers)
        for userid, role in ((SIGNATORY, signers[0]), (OFFICER, signers[1])):
            person = tx.people.by_userid(userid)
            assert person
            form, _ = signing.sign(work, form, project, signing.by_hand(work, role, person), {})
    return form


def archive(talk: Talk, out: Path, *, key: str = KEY) -> Path:
    parts = talk.parts
    with parts.store.transaction() as tx:
        project = tx.projects.by_code("YX-2026-001")
        assert project
        case = tx.cases.of_project(project.id)[-1]
        now = parts.clock.now()
        tx.audit.add(project.id, now, "cli", "case.archive", f"case:{case.id}")
        facts = parts.sites.get(tx)
        Archivist(tx, facts.site, key, facts.calendar).write(out, case, now)
    return out
