"""Names of items, departments and forms as people say them: one pass over the text through a trie, the longest name
wins; where letters are wrong but sound right, by sound."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.understanding.characters import normalise, sounds
from bot.understanding.lexicon import Lexicon, lexicon
from bot.understanding.linking import Linker
from bot.understanding.sounds import Ear
from domain.catalogue import CatalogueItem
from domain.site import Site

__all__ = ["FORM_WORDS", "Dictionary", "Found", "normalise"]


@dataclass(frozen=True)
class Found:
    """`kind`: item | department | form | stage | ambiguous. `ids`: more than one for a word several things share.
    `also`: items of the same department whose spoken name has this word in it (环评 → 环评报告表); `department`: the
    one this word for an item may mean as well (人防). `length`: in the text, where it is not spelt as in `word`."""

    kind: str
    word: str
    start: int
    ids: tuple[str, ...]
    question: str = ""
    also: tuple[str, ...] = ()
    department: str = ""
    length: int = 0

    @property
    def end(self) -> int:
        return self.start + (self.length or len(self.word))


# As people call the stages before the word 阶段; 施工 by itself is the building, not the permit.
SHORT_STAGES = {
    "立项用地规划许可": ("立项", "立项用地", "用地规划"),
    "工程建设许可": ("报建", "规划报建"),
    "竣工验收": ("竣工", "验收"),
}
_SUCH = ("", "这个", "那个", "这一", "那一")

Trie = dict[str, Any]
_ENTRY = ""


class Dictionary:
    def __init__(self, site: Site) -> None:
        self._site = site
        self.lexicon: Lexicon = lexicon()
        self.linker = Linker({item.id: self._all_names(item) for item in site.catalogue.items.values()})
        self._entries: dict[str, Found] = {}
        self._add_departments()
        self._add_items()
        self._add_forms()
        self._add_stages()
        self._add_ambiguous()
        self._add_relatives()
        self._trie = _trie(self._entries)
        self._ear = Ear(
            word
            for word, found in self._entries.items()
            if found.kind == "item" or (found.kind == "ambiguous" and len(word) > 2 and found.word == word)
        )

    def find(self, text: str) -> list[Found]:
        """In order of place, not overlapping. `text` is normalised."""
        found = list(self._spelt(text))
        found += self._heard(text, found)
        return sorted(found, key=lambda one: one.start)

    def _spelt(self, text: str) -> Iterator[Found]:
        at = 0
        while at < len(text):
            hit = self._longest(text, at)
            if hit is None:
                at += 1
                continue
            yield replace(hit, start=at)
            at += len(hit.word)

    def _longest(self, text: str, at: int) -> Found | None:
        node: Trie | None = self._trie
        best: Found | None = None
        for character in text[at : at + _LONGEST]:
            node = node.get(character) if node else None
            if node is None:
                break
            best = node.get(_ENTRY, best)
        return best

    def _heard(self, text: str, spelt: Iterable[Found]) -> Iterator[Found]:
        taken = [(one.start, one.end) for one in spelt]
        for start, end, word in self._ear.find(text):
            if not any(start < last and first < end for first, last in taken):
                yield replace(self._entries[word], start=start, length=end - start)

    # ------------------------------------------------------------ filling

    def _add_items(self) -> None:
        said: defaultdict[str, list[str]] = defaultdict(list)
        for item in self._site.catalogue.items.values():
            more = self.lexicon.paraphrases.get(item.id, ())
            for word in (item.spoken, item.name, *item.aliases, *item.typos, *more):
                key = normalise(word)
                if item.id not in said[key]:
                    said[key].append(item.id)
        for word, ids in said.items():
            either = self.lexicon.either.get(frozenset(ids))
            self._put(word, "item", (either,) if either else tuple(ids))
        for wrong, right in self._site.typos.items():
            entry = self._entries.get(normalise(right))
            if entry and entry.kind == "item":
                self._put(normalise(wrong), "item", entry.ids)

    def _add_relatives(self) -> None:
        items = self._site.catalogue.items
        for word, found in self._entries.items():
            if found.kind == "item" and len(found.ids) == 1:
                lead = items[found.ids[0]].lead
                near = (i.id for i in items.values() if i.lead == lead and word in normalise(i.spoken))
                self._entries[word] = replace(found, also=tuple(i for i in near if i != found.ids[0]))

    def _add_departments(self) -> None:
        for one in self._site.departments.values():
            for word in (one.name, one.short, *one.aliases, *self.lexicon.departments.get(one.key, ())):
                self._put(normalise(word), "department", (one.key,))

    def _add_forms(self) -> None:
        for key, form in self._site.forms.items():
            self._put(normalise(form.title), "form", (key,))
        for word, key in FORM_WORDS.items():
            if key in self._site.forms:
                self._put(word, "form", (key,))

    def _all_names(self, item: CatalogueItem) -> list[str]:
        more = self.lexicon.paraphrases.get(item.id, ())
        return [normalise(name) for name in (item.name, item.spoken, *item.aliases, *item.typos, *more)]

    def _add_stages(self) -> None:
        for stage in self._site.catalogue.stages:
            names = (stage, *SHORT_STAGES.get(stage, ()))
            for word in (stage, *(f"{name}{such}阶段" for name in names for such in _SUCH)):
                if word.endswith("阶段") or word not in self._entries:
                    self._put(normalise(word), "stage", (stage,), over=True)

    def _add_ambiguous(self) -> None:
        for one in self._site.ambiguous.values():
            ids = tuple(dict.fromkeys(i for reading in one.readings for i in reading.items))
            for word in map(normalise, (one.word, *one.also)):
                self._put(word, "ambiguous", ids, one.question, over=True)
                if len(word) > 2:
                    self._misspelt(self._entries[word])

    def _misspelt(self, several: Found) -> None:
        """A wrong spelling of a word of several readings has as many: 规化证 is asked back like 规划证."""
        table = sounds()
        heard = [table.get(one) for one in several.word]
        for word, found in self._entries.items():
            same = len(word) == len(several.word) and [table.get(one) for one in word] == heard
            if same and found.kind == "item":
                self._entries[word] = several

    def _put(
        self, word: str, kind: str, ids: tuple[str, ...], question: str = "", *, over: bool = False
    ) -> None:
        """What stands there already stays, but a department's word that is an item's too is both."""
        known = self._entries.get(word)
        if len(word) < 2 or (known and not over and known.kind != "department"):
            return
        department = known.ids[0] if known and known.kind == "department" else ""
        if known and kind == "department":
            return
        self._entries[word] = Found(kind, word, 0, ids, question, department=department)


_LONGEST = 40


def _trie(entries: Mapping[str, Found]) -> Trie:
    root: Trie = {}
    for word, found in entries.items():
        node = root
        for character in word:
            node = node.setdefault(character, {})
        node[_ENTRY] = found
    return root


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
