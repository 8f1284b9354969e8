"""Cards about a form of the service: to be signed."""

from __future__ import annotations

from bot.platform import Card, CardButton, CardField, CardKind
from bot.texts import forms as texts
from bot.texts.phrases import clipped
from domain.filled_forms import FilledForm
from domain.project import Project


def to_sign(form: FilledForm, title: str, project: Project) -> Card:
    return Card(
        CardKind.BUTTONS,
        page=f"/m/paper/{form.id}",
        title=clipped(f"请签署：{title}", 26),
        desc=clipped(project.name, 30),
        quote=texts.what_is_signed(form),
        body="全文已单独发给您，请先阅读。点“确认签署”即以本人姓名和当前时间签署。",
        fields=(CardField("编号", form.no),),
        buttons=(CardButton("确认签署", f"sign:{form.id}", 1), CardButton("有疑问", f"doubt:{form.id}", 2)),
        commands=(f"签署 {form.no}",),
    )
