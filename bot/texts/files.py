"""Why a file cannot be taken, and what to do."""

from __future__ import annotations

EMPTY = "文件是空的，请重新导出后再发"
RUNS = "文件含可执行程序，不能接收，请只发材料本身的文档或图片"
UNKNOWN_KIND = "这类文件不能作为材料，请转成版式文档、常用办公文档、图片或图纸后再发"
NOT_WHAT_IT_SAYS = "文件内容与文件名结尾不一致，可能只改了文件名，请用原软件另存后再发"
MACROS = "文件含宏，不能接收，请另存为不含宏的文档后再发"
LOCKED = "文件设有密码，打不开，请去掉密码后再发"
DAMAGED = "文件已损坏或没有传完，请重新发送"
BOMB = "压缩包解开后过大，请拆分后分次发送"
NESTED = "压缩包里还有压缩包，请解开后分别发送"


def too_large(size: float, most: int) -> str:
    return f"文件{size:.0f}兆，超过{most}兆的上限，请压缩或拆分后分次发送"


def inside(wrong: str) -> str:
    return f"压缩包里的{wrong}" if wrong.startswith("文件") else f"压缩包里有一份：{wrong}"
