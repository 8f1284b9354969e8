"""A site's YAML files become one plain, checked document, and its calendar joins the official one."""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping
from dataclasses import replace
from datetime import tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import yaml
from chinese_calendar import constants

from domain.calendar import WorkCalendar
from domain.configuration import Flaw
from domain.site import FILES, Site, SiteProblems

CHINA = ZoneInfo("Asia/Shanghai")


if TYPE_CHECKING:
    _Reader = yaml.SafeLoader
else:  # with libyaml where it is: forty times as fast, and every start reads ten files
    _Reader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class PlainLoader(_Reader):
    """YAML as people mean it: only what JSON knows too, so that 08:30, 2027-01-01 and no stay text."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012 - PyYAML's own name

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, object]:  # noqa: FBT001, FBT002
        seen: set[str] = set()
        for key in (key for key, _ in node.value if isinstance(key, yaml.ScalarNode)):
            if key.value in seen:
                what = f"「{key.value}」写了两次，只留一处"
                raise yaml.constructor.ConstructorError(None, None, what, key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep=deep)


for tag, written, first in (
    ("null", r"null|~|", ["n", "~", ""]),
    ("bool", r"true|false", ["t", "f"]),
    ("int", r"-?(0|[1-9][0-9]*)", list("-0123456789")),
    ("float", r"-?(0|[1-9][0-9]*)\.[0-9]+", list("-0123456789")),
):
    PlainLoader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"^({written})$"), first)


def read_site_document(folder: Path) -> dict[str, object]:
    """The folder's files under their names, ready for JSON. Raises SiteProblems unless a site can be made
    of them; the problems name file and, where it is known, line."""
    flaws: list[Flaw] = []
    roots: dict[str, yaml.Node] = {}
    document = {name: _read(folder / f"{name}.yaml", roots, flaws) for name in FILES}
    document["knowledge"] = {
        path.stem: _read_note(path, roots, flaws) for path in sorted((folder / "knowledge").glob("*.md"))
    }
    if flaws:
        raise SiteProblems(flaws)
    try:
        Site.from_document(document)
    except SiteProblems as problems:
        found = [replace(flaw, line=_line(roots[flaw.file], flaw.path)) for flaw in problems.flaws]
        raise SiteProblems(found) from None
    return document


def calendar_of(site: Site, zone: tzinfo = CHINA) -> WorkCalendar:
    """The official calendar with the site's own days, which win, and its office hours."""
    own = site.calendar
    holidays = frozenset(constants.holidays) - own.make_up_days | own.holidays
    make_up_days = frozenset(constants.workdays) - own.holidays | own.make_up_days
    official = frozenset(day.year for day in constants.holidays)
    return WorkCalendar(holidays, make_up_days, official | own.covered_years, zone, own.spans)


def _read(path: Path, roots: dict[str, yaml.Node], flaws: list[Flaw]) -> object:
    try:
        loader = PlainLoader(path.read_text(encoding="utf-8"))
        roots[path.name] = root = loader.get_single_node() or yaml.MappingNode("tag:yaml.org,2002:map", [])
        return loader.construct_document(root)
    except FileNotFoundError:
        flaws.append(Flaw(path.name, (), "文件不存在，请从示例配置复制一份"))
    except OSError:
        flaws.append(Flaw(path.name, (), "文件无法读取，请检查权限"))
    except UnicodeDecodeError:
        flaws.append(Flaw(path.name, (), "不是 UTF-8 文字，请用 UTF-8 编码另存"))
    except yaml.MarkedYAMLError as error:
        flaws.append(Flaw(path.name, (), _in_words(error), _line_of(error)))
    except yaml.YAMLError:
        flaws.append(Flaw(path.name, (), "有不能识别的字符，请用纯文本编辑器另存"))
    return None


def _read_note(path: Path, roots: dict[str, yaml.Node], flaws: list[Flaw]) -> object:
    """Markdown behind a head of YAML between two lines “---”; its lines are counted as they stand in the file."""
    name = f"knowledge/{path.name}"
    head = ""
    try:
        _, head, text = re.split(r"^---[ \t]*$", path.read_text(encoding="utf-8"), maxsplit=2, flags=re.M)
        loader = PlainLoader(head)  # begins with the line break behind the first “---”
        roots[name] = root = loader.get_single_node() or yaml.MappingNode("tag:yaml.org,2002:map", [])
        known = loader.construct_document(root)
    except (UnicodeDecodeError, OSError):
        flaws.append(Flaw(name, (), "文件无法读取，请用 UTF-8 编码另存"))
    except yaml.MarkedYAMLError as error:
        flaws.append(Flaw(name, (), _in_words(error), _line_of(error)))
    except (ValueError, yaml.YAMLError):
        flaws.append(Flaw(name, (), "应以“---”开头，写明标题和出处，再一行“---”，后面是正文", 1))
    else:
        return {**known, "text": text.strip()} if isinstance(known, dict) else known
    return None


def _in_words(error: yaml.MarkedYAMLError) -> str:
    if isinstance(error, yaml.constructor.ConstructorError) and "写了两次" in (error.problem or ""):
        return str(error.problem)
    return "格式不对，请检查这一行及上一行的缩进、冒号后的空格和引号"


def _line_of(error: yaml.MarkedYAMLError) -> int | None:
    mark = error.problem_mark or error.context_mark
    return mark.line + 1 if mark else None


def _line(node: yaml.Node, path: tuple[str | int, ...]) -> int | None:
    """Where the keys lead, as far as they lead anywhere."""
    line = node.start_mark.line + 1 if node.start_mark else None
    for key in path:
        step = _step(node, key)
        if step is None:
            break
        line, node = step
    return line


def _step(node: yaml.Node, key: str | int) -> tuple[int, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            if name.value == key:
                return name.start_mark.line + 1, value
    if isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
        return node.value[key].start_mark.line + 1, node.value[key]
    return None


def load_yaml(path: Path) -> Mapping[str, Any]:
    """A YAML file of ours that is no part of the site's configuration, such as the sample data."""
    loaded = yaml.load(path.read_text(encoding="utf-8"), PlainLoader)  # a SafeLoader
    return loaded if isinstance(loaded, dict) else {}
