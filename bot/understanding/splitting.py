"""Several requests in one message: where it may be cut. Whether a cut is one is judged by what the parts say."""

from __future__ import annotations

import itertools
import re

from bot.understanding.marks import DEPARTMENT, ITEM, Marked

_LINK = r"(?:另外|此外|还有(?!什么|哪些|几|没|多久|多少|谁|哪|问题|救|效|啥)|顺便|对了|再就是|再有|以及|同时(?!办|报|申请|做|进行|开)|还想问|再问|再帮|然后(?!呢)|顺带|其次|第二[,，、是:：]|并且|麻烦再|也帮|另)"
LINK = re.compile(_LINK)
_CUT = re.compile(rf"[,，;；。？?！!\n…]+\s*(?P<linked>{_LINK}[,，]?)?|(?P<bare>{_LINK}[,，]?)")
_ENDS = frozenset("了没吗呢啊么下天久料里哪未费啥单份表吧哦")
_NAMES_ONLY = re.compile(
    rf"^(?:[{ITEM}{DEPARTMENT}、和跟与及,，/\s]|那个|这个|关于|还有|的事?|你好|您好|请问|麻烦|问下|那)*$"
)


def pieces(marked: Marked) -> list[tuple[str, bool]]:
    """(text, was it joined by a word like 另外), at punctuation and links; bare names go with what follows."""
    text, found, at, linked = marked.text, [], 0, False
    for hit in _CUT.finditer(text):
        if _within_a_name(hit, marked):
            continue
        found.append((text[at : hit.start()].strip(), linked))
        at, linked = hit.end(), bool(hit["linked"] or hit["bare"])
    found.append((text[at:].strip(), linked))
    return [(piece, link) for piece, link in found if piece]


def _within_a_name(hit: re.Match[str], marked: Marked) -> bool:
    return any(f.start < hit.start() < f.end for f in marked.found)


def only_names(masked: str) -> bool:
    return _NAMES_ONLY.match(masked) is not None


def run_on(marked: Marked) -> list[str]:
    """Voice has no punctuation: a second name behind a finished question begins another request."""
    names = [f for f in marked.found if f.kind in {"item", "ambiguous"}]
    cuts = [f.start for f in names[1:] if f.start >= 4 and marked.text[f.start - 1] in _ENDS]
    bounds = [0, *cuts, len(marked.text)]
    return [marked.text[a:b].strip() for a, b in itertools.pairwise(bounds)] if cuts else []
