"""The papers of the service are templates of the site's own (docx with field names in them); where the site has none of
its own, the shipped one."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, Template, TemplateSyntaxError, UndefinedError
from jinja2.sandbox import SandboxedEnvironment

from bot.documents.form_values import shown
from domain.configuration import Flaw
from domain.errors import InvalidAnswer
from domain.filled_forms import Signature
from domain.forms import FieldSpec, FieldType, FormSpec
from domain.site import Site, SiteProblems

SHIPPED = Path(__file__).parents[2] / "config" / "forms"
FOLDER = "forms"
LARGEST = 2 * 1024 * 1024
_UNKNOWN = re.compile(r"'([^']+)' is undefined|attribute '([^']+)'")


def render(
    form: FormSpec,
    site: Site,
    values: Mapping[str, Any],
    signatures: Sequence[Signature] = (),
    *,
    blank: bool = False,
) -> bytes:
    """Raises InvalidAnswer when there is no template."""
    return _fill(template_of(form, site), shown(form, site, values, signatures, blank=blank))


def template_of(form: FormSpec, site: Site) -> bytes:
    own = site.templates.get(form.key) or _shipped(form.key)
    if own is None:
        raise InvalidAnswer(
            f"《{form.title}》还没有文书模板，暂时不能生成。请管理员把 {form.key}.docx 放入配置的 {FOLDER} 文件夹后重新装入。"
        )
    return own


def read_templates(folder: Path, site: Site) -> dict[str, str]:
    """The site's own templates, base64, ready for its document; those that are the shipped ones are left out.
    Raises SiteProblems with file and field."""
    own: dict[str, str] = {}
    flaws: list[Flaw] = []
    for path in sorted((folder / FOLDER).glob("*.docx")):
        form = site.forms.get(path.stem)
        if form is None or not form.issued:
            flaws.append(_flaw(path.stem, "forms.yaml 中没有这张由服务中心出具的表"))
            continue
        data = path.read_bytes()
        if data != _shipped(form.key):
            own[form.key] = base64.b64encode(data).decode()
            flaws += check(form, site, data)
    flaws += [flaw for form in _issued(site) if form.key not in own for flaw in _check_shipped(form, site)]
    if flaws:
        raise SiteProblems(flaws)
    return own


def check(form: FormSpec, site: Site, data: bytes) -> list[Flaw]:
    """Whether a filled-in paper can be made of it."""
    if len(data) > LARGEST:
        return [_flaw(form.key, f"超过 {LARGEST // 1024 // 1024} MB，请删去图片")]
    try:
        _fill(data, shown(form, site, sample(form)))
        _fill(data, shown(form, site, {}, blank=True))
    except UndefinedError as unknown:
        found = _UNKNOWN.search(str(unknown))
        name = next(filter(None, found.groups()), "") if found else ""
        return [_flaw(form.key, f"用到了 forms.yaml 中没有的栏目 {name}".rstrip())]
    except TemplateSyntaxError:
        return [_flaw(form.key, "栏目标记写错了，应成对，例如 {{ project_name }}")]
    except Exception:  # noqa: BLE001 – whatever a file or a template does: it cannot be used
        return [_flaw(form.key, "文件损坏或不是可用的 docx 模板，请用 ./daiban template forms 重新生成")]
    return []


def unused(form: FormSpec, site: Site) -> list[str]:
    """Labels of fields that the template does not show."""
    named = DocxTemplate(io.BytesIO(template_of(form, site))).get_undeclared_template_variables(
        _environment()
    )
    whole = b"".join(_parts(template_of(form, site)))
    in_words = (FieldType.TICK,)  # an agreement says these as its clauses
    return [
        field.label
        for field in form.fields
        if field.key not in named
        and field.type not in in_words
        and f"plain.{field.key}".encode() not in whole
    ]


def sample(form: FormSpec) -> dict[str, Any]:
    """Something for every field, for trying a template out."""
    return {field.key: _sample(field) for field in form.fields}


def _sample(field: FieldSpec) -> Any:
    if field.type is FieldType.TABLE:
        return [{column.key: _sample(column) for column in field.columns}] * 2
    if field.options:
        return [field.options[0]] if field.type is FieldType.MULTI_CHOICE else field.options[0]
    samples: dict[FieldType, Any] = {
        FieldType.NUMBER: 12800.0,
        FieldType.DATE: "2026-09-15",
        FieldType.TICK: True,
        FieldType.SIGNATURE: "",
    }
    return samples.get(field.type, field.label)


def _check_shipped(form: FormSpec, site: Site) -> list[Flaw]:
    data = _shipped(form.key)
    if data is None:
        return [_flaw(form.key, "缺少模板，可先用 ./daiban template forms 生成")]
    return check(form, site, data)


def _issued(site: Site) -> list[FormSpec]:
    return [form for form in site.forms.values() if form.issued]


def _shipped(key: str) -> bytes | None:
    path = SHIPPED / f"{key}.docx"
    return path.read_bytes() if path.is_file() else None


def _fill(template: bytes, values: Mapping[str, Any]) -> bytes:
    paper = DocxTemplate(io.BytesIO(template))
    paper.render(dict(values), _environment(), autoescape=True)
    made = io.BytesIO()
    paper.save(made)
    return made.getvalue()


class _Compiling(SandboxedEnvironment):
    """Each template is compiled once: the same few dozen papers are drawn again and again."""

    def __init__(self) -> None:
        super().__init__(undefined=StrictUndefined, autoescape=True)
        self._compiled = lru_cache(maxsize=256)(super().from_string)

    def from_string(self, source: Any, *_globals: Any, **_class: Any) -> Template:
        return self._compiled(source)


@cache
def _environment() -> SandboxedEnvironment:
    """A template is handed from office to office: it may name fields, and nothing else."""
    return _Compiling()


def _parts(template: bytes) -> list[bytes]:
    return [DocxTemplate(io.BytesIO(template)).get_docx().element.xml.encode()]


def _flaw(key: str, what: str) -> Flaw:
    return Flaw(f"{FOLDER}/{key}.docx", (), what)
