"""Names of items, departments and forms as people say them; one pass over the text, the longest name wins."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from domain.site import Site


def normalise(text: str) -> str:
    """Full width to half, upper to lower case, runs of blanks to one."""
    return " ".join(unicodedata.normalize("NFKC", text).lower().split())


@dataclass(frozen=True)
class Found:
    """`kind`: item | department | form | ambiguous. `ids`: more than one for a word several things share.
    `also`: items of the same department whose spoken name has this word in it (环评 → 环评报告表)."""

    kind: str
    word: str
    start: int
    ids: tuple[str, ...]
    question: str = ""
    also: tuple[str, ...] = ()

    @property
    def end(self) -> int:
        return self.start + len(self.word)


class Dictionary:
    def __init__(self, site: Site) -> None:
        self._entries: dict[str, tuple[str, tuple[str, ...], str]] = {}
        self._site = site
        self._add_items()
        self._add_departments()
        self._add_forms()
        self._add_ambiguous()
        self._also = dict(self._relatives())
        self._longest = max(map(len, self._entries), default=0)

    def find(self, text: str) -> list[Found]:
        """In order of place, not overlapping. `text` is normalised."""
        found: list[Found] = []
        at = 0
        while at < len(text):
            hit = self._at(text, at)
            if hit:
                found.append(hit)
                at = hit.end
            else:
                at += 1
        return found

    def _at(self, text: str, at: int) -> Found | None:
        for length in range(min(self._longest, len(text) - at), 1, -1):
            word = text[at : at + length]
            entry = self._entries.get(word)
            if entry:
                return Found(entry[0], word, at, *entry[1:], self._also.get(word, ()))
        return None

    def _add_items(self) -> None:
        said: defaultdict[str, list[str]] = defaultdict(list)
        for item in self._site.catalogue.items.values():
            for word in (item.spoken, item.name, *item.aliases, *item.typos):
                key = normalise(word)
                if item.id not in said[key]:
                    said[key].append(item.id)
        for word, ids in said.items():
            self._put(word, "item", tuple(ids))
        for wrong, right in self._site.typos.items():
            entry = self._entries.get(normalise(right))
            if entry:
                self._put(normalise(wrong), *entry[:2])

    def _relatives(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        items = self._site.catalogue.items
        for word, (kind, ids, _) in self._entries.items():
            if kind == "item" and len(ids) == 1:
                lead = items[ids[0]].lead
                also = [i.id for i in items.values() if i.lead == lead and word in normalise(i.spoken)]
                yield word, tuple(one for one in also if one != ids[0])

    def _add_departments(self) -> None:
        for one in self._site.departments.values():
            for word in (one.name, one.short, *one.aliases):
                self._put(normalise(word), "department", (one.key,))

    def _add_forms(self) -> None:
        for key, form in self._site.forms.items():
            self._put(normalise(form.title), "form", (key,))
        for word, key in FORM_WORDS.items():
            if key in self._site.forms:
                self._put(word, "form", (key,))

    def _add_ambiguous(self) -> None:
        for one in self._site.ambiguous.values():
            ids = tuple(dict.fromkeys(i for reading in one.readings for i in reading.items))
            for word in (one.word, *one.also):
                self._put(normalise(word), "ambiguous", ids, one.question, force=True)

    def _put(
        self, word: str, kind: str, ids: tuple[str, ...], question: str = "", *, force: bool = False
    ) -> None:
        if len(word) > 1 and (force or word not in self._entries):
            self._entries[word] = (kind, ids, question)


# Short names of the service's own forms; their full titles are configuration.
FORM_WORDS = {
    "申请表": "F1",
    "意见反馈表": "F5",
    "反馈表": "F5",
    "办结单": "F6",
    "信息采集表": "F9",
    "委托书": "F13",
    "委托协议": "F13",
}
