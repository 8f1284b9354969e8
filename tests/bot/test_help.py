"""Help stays short: one screen for each role, the rest by topic."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest

from bot.siteconfig import read_site_document
from bot.texts.help import help_for
from bot.texts.help_topics import TOPICS, sides_of, topics_for
from domain.people import Role, Standing
from domain.site import Site

SITE = Site.from_document(read_site_document(Path(__file__).parents[2] / "config"))
BYTES = 2048
HATS = [frozenset({role}) for role in Role] + [frozenset(pair) for pair in combinations(Role, 2)]


@pytest.mark.parametrize("hats", HATS, ids=lambda hats: "+".join(sorted(hats)))
def test_every_list_of_every_role_fits_into_one_message(hats: frozenset[Role]) -> None:
    standing = Standing(hats)
    assert len(help_for(hats, standing, SITE).encode()) <= BYTES
    for name in topics_for(sides_of(hats)):
        said = help_for(hats, standing, SITE, f"帮助 {name}")
        assert said.startswith(f"**{name}：**")
        assert len(said.encode()) <= BYTES


def test_a_topic_that_is_nothing_to_a_role_gives_the_first_list() -> None:
    supervisor = frozenset({Role.SUPERVISOR})
    assert help_for(supervisor, Standing(supervisor), SITE, "帮助 计划").startswith("**我能帮您：**")


def test_topics_have_names_of_their_own() -> None:
    assert len({topic.name for topic in TOPICS}) == len(TOPICS)


@pytest.mark.parametrize("hats", HATS[: len(Role)], ids=lambda hats: "+".join(sorted(hats)))
def test_every_help_ends_with_the_halls_telephone(hats: frozenset[Role]) -> None:
    """Whoever has something to say about the service knows where (R176)."""
    whole = [
        help_for(hats, Standing(hats), SITE, f"帮助 {name}") for name in ("", *topics_for(sides_of(hats)))
    ]
    foot = f"咨询：{SITE.hall.name}（电话 {SITE.hall.phone}）"
    assert {said.splitlines()[-1] for said in whole} == {foot}
    assert help_for(frozenset(), Standing(member=True), SITE).endswith(foot)
