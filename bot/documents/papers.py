"""From what is wanted to the bytes of a file, in the worker just before it is sent."""

from __future__ import annotations

from bot.documents import blank_form, checklist
from bot.platform import Paper, SendFile
from domain.site import Site
from storage.store import Transaction


def draw(paper: Paper, tx: Transaction, site: Site) -> SendFile:
    project = tx.projects.get(paper.project_id) if paper.project_id else None
    enterprise = tx.projects.enterprise(project.enterprise_id) if project else None
    if paper.kind == "form":
        form = site.forms[paper.key]
        known = {
            "project_name": project.name if project else "",
            "project": project.name if project else "",
            "project_code": project.code if project else "",
            "enterprise": enterprise.name if enterprise else "",
            "enterprise_name": enterprise.name if enterprise else "",
        }
        return SendFile(f"{form.title}.docx", blank_form.draw(form, site, known))
    entry = site.catalogue.items[paper.key]
    return SendFile(
        f"{entry.spoken}材料清单.docx", checklist.draw(entry, site, project.name if project else "")
    )
