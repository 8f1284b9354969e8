"""How every command speaks: one line on errors, exit 0/1/2, JSON where data is printed."""

from __future__ import annotations

import functools
import json
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NoReturn, ParamSpec

import click

from bot.faults import kind, place
from bot.settings import BadSetting, Settings, environment
from domain.site import NoSite
from storage.errors import Conflict, StorageError

if TYPE_CHECKING:
    from bot.wiring import Parts

P = ParamSpec("P")
AS_JSON = click.option("--json", "as_json", is_flag=True, help="输出 JSON")


def stop(text: str, code: int = 1) -> NoReturn:
    click.echo(text, err=True)
    sys.exit(code)


def in_one_line(command: Callable[P, None]) -> Callable[P, None]:
    """What can go wrong in operation is one line with what to do; a defect of ours keeps its traceback off."""

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except BadSetting as bad:
            stop(str(bad))
        except NoSite:
            stop("还没有站点配置：请先运行 ./daiban load-config config")
        except Conflict:
            stop("与已有的数据重复，没有作任何改动")
        except StorageError as error:
            stop(f"数据库不可用或表结构未建（{error}）：检查 DATABASE_URL，首次使用请运行 ./daiban migrate")
        except (UnicodeError, OverflowError):
            stop("输入的内容无法处理：请检查编码（应为 UTF-8）和数字大小", 2)
        except Exception as error:  # noqa: BLE001
            stop(f"程序出错（{kind(error)}，{place(error)}），请把这一行告诉维护人员")

    return run


def parts() -> Parts:
    from bot.bootstrap import wire  # noqa: PLC0415 - a second of reading that not every command needs

    return wire(Settings.from_env(environment()))


def say(found: Any, text: str, *, as_json: bool) -> None:
    click.echo(json.dumps(found, ensure_ascii=False, default=str) if as_json else text)
