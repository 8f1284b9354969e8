"""One material: hand in a file, look at it, pass it or give it back."""

from __future__ import annotations

from bot.context import Answer, words
from bot.dialogs import item_words
from bot.moves import attaching, deferring, file_checks, handing_in, reviewing, which
from bot.moves.kept import KeptFile
from bot.moves.which import Running
from bot.pages import previews
from bot.pages.desk import PageKind, Shown
from bot.pages.items import seen
from bot.pages.visit import Visit
from bot.pages.words import MATERIALS
from bot.texts import deferrals
from bot.texts import materials as texts
from domain.errors import InvalidAnswer, NotFound
from domain.materials import Material, MaterialState, MaterialVersion
from domain.people import Action
from storage.files import KnownFile

_S = MaterialState


def found(visit: Visit, material_id: int) -> tuple[Running, Material]:
    material = visit.tx.materials.get(material_id)
    if material is None:
        raise NotFound("item")
    return seen(visit, material.case_item_id), material


def show(visit: Visit, material_id: int) -> Shown:
    running, material = found(visit, material_id)
    reviews = which.may(visit.work, visit.person, running, Action.REVIEW_MATERIAL)
    hands_in = which.may(visit.work, visit.person, running, Action.HAND_IN)
    versions = list(reversed(visit.tx.materials.versions([material.id]).get(material.id, [])))
    looks_in = reviews or hands_in or visit.context.standing.may(Action.SEE_ALL)
    values = {
        "running": running,
        "material": material,
        "state": MATERIALS[material.state],
        "versions": [_version(visit, one) for one in versions] if looks_in else [],
        "may_review": reviews and material.state is _S.RECEIVED,
        "may_give_back": reviews and material.state in {_S.RECEIVED, _S.ACCEPTED},
        "may_hand_in": hands_in and material.state is not _S.ACCEPTED,
        "may_decide": reviews and visit.allowed(lambda: _must_be_asked(visit, running, material)),
        "stated": handing_in.is_stated(visit.work, running),
        "reasons": visit.context.site.pages.material_reasons,
        "endings": ",".join(f".{one}" for one in sorted(visit.context.site.progress.endings)),
        "most": visit.context.site.progress.most_megabytes,
        "free": running.entry.is_free(material.name),
    }
    return Shown("material.html", material.name, values)


def _version(visit: Visit, version: MaterialVersion) -> dict[str, object]:
    file = visit.tx.files.described(version.file_id)
    kind = file_checks.ending_of(file.name) if file else ""
    return {
        "number": version.version,
        "who": visit.tx.people.get(version.uploaded_by).name,
        "at": version.uploaded_at,
        "decision": {"accepted": "已通过", "returned": "已退回"}.get(version.decision, ""),
        "reason": version.reason,
        "truthful": version.truthful,
        "name": file.name if file else "",
        "size": _size(file),
        "picture": kind in previews.PICTURES,
        "sheets": kind == "pdf" and previews.can_draw(),
    }


def _size(file: KnownFile | None) -> str:
    if file is None:
        return ""
    return (
        f"{file.size / 1024 / 1024:.1f} MB" if file.size >= 1024 * 1024 else f"{max(1, file.size // 1024)} KB"
    )


# ---------------------------------------------------------------- what the buttons do


def hand_in(visit: Visit, material_id: int) -> Answer:
    """Looked at before anything is kept: here the person can still choose another file."""
    work, context = visit.work, visit.context
    material = _held(visit, material_id)
    running = item_words.must_act(context, work, material.case_item_id, Action.HAND_IN)
    handing_in.must_take(running)
    if len(visit.form.uploads) != 1:
        raise InvalidAnswer("请选择一个文件。多页的请合成一个 PDF 或打包成 zip。")
    upload = visit.form.uploads[0]
    wrong = file_checks.problem(upload.name, upload.data, context.site.progress)
    if wrong:
        raise InvalidAnswer(texts.file_refused(running.entry.spoken, material.name, wrong))
    if visit.form.raw("truthful"):
        _state_truth(visit, running)
    inbox_id = context.inbox_id or 0
    file_id = visit.tx.files.add(
        upload.name, upload.data, context.now,
        project_id=running.project.id, uploaded_by=visit.person.id, inbox_id=inbox_id,
    )  # fmt: skip
    visit.tx.files.attach(inbox_id, "material", material.id, visit.person.id, context.now)
    told = attaching.kept(work, inbox_id, KeptFile(file_id, upload.name, upload.data))
    officer = visit.tx.people.get(running.project.officer_id)
    stated = handing_in.is_stated(work, running)
    said = f"已收到{running.entry.spoken}的{material.name}，由服务专员{officer.name}审核。"
    rest = "" if stated else "请勾选或发送“承诺真实”，承诺后才能通过审核。"
    return words(said + rest, recent=running.recent).and_tell(*told)


def _held(visit: Visit, material_id: int) -> Material:
    material = visit.tx.materials.get(material_id, lock=True)
    if material is None:
        raise NotFound("item")
    return material


def _reviewed(visit: Visit, material_id: int) -> tuple[Running, Material]:
    """What was on the screen is what is decided."""
    material = _held(visit, material_id)
    running = item_words.must_act(visit.context, visit.work, material.case_item_id, Action.REVIEW_MATERIAL)
    if visit.form.raw("version"):
        reviewing.must_be_seen(visit.work, material, visit.form.number("version"))
    return running, material


def accept(visit: Visit, material_id: int) -> Answer:
    running, material = _reviewed(visit, material_id)
    told = reviewing.accept(visit.work, running, material)
    return words(texts.passed([material.name]), recent=running.recent).and_tell(*told)


def give_back(visit: Visit, material_id: int) -> Answer:
    running, material = _reviewed(visit, material_id)
    told = reviewing.give_back(visit.work, running, material, visit.form.words("text"))
    return words(texts.given_back(material.name), recent=running.recent).and_tell(*told)


def grant(visit: Visit, material_id: int) -> Answer:
    running, material = _reviewed(visit, material_id)
    told = deferring.grant(visit.work, running, material, visit.person)
    return words(deferrals.answered(material.name, yes=True), recent=running.recent).and_tell(*told)


def deny(visit: Visit, material_id: int) -> Answer:
    running, material = _reviewed(visit, material_id)
    told = deferring.deny(visit.work, running, material, visit.person, visit.form.words("text"))
    return words(deferrals.answered(material.name, yes=False), recent=running.recent).and_tell(*told)


def _must_be_asked(visit: Visit, running: Running, material: Material) -> None:
    deferring.must_be_asked(visit.work, running, material, visit.person)


def state_truth(visit: Visit, material_id: int) -> Answer:
    material = _held(visit, material_id)
    running = item_words.must_act(visit.context, visit.work, material.case_item_id, Action.HAND_IN)
    new = _state_truth(visit, running)
    return words(texts.stated(running.project.name, again=not new), recent=running.recent)


def _state_truth(visit: Visit, running: Running) -> bool:
    new = handing_in.state_truth(visit.work, visit.person, running.project.id, running.case.id)
    if new:
        summary = "项目单位承诺所提交材料真实、合法、有效"
        visit.work.log(running.project, running.case, summary, subject=f"case:{running.case.id}")
    return new


PAGE = PageKind(
    "/material/<int:material_id>",
    show,
    {
        "hand_in": hand_in,
        "accept": accept,
        "return": give_back,
        "grant": grant,
        "deny": deny,
        "truthful": state_truth,
    },
)
