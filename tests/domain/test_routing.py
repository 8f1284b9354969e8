"""Rules of routing: what speaks for a department adds up, and what is not sure goes to a person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.anonymous import without_people
from domain.configuration import Flaw, Section
from domain.errors import IllegalMove, InvalidAnswer
from domain.issue_parts import NEXT, Part, PartStatus
from domain.issue_turns import Turn, TurnKind, must_not_be_passed_on, returned_by, returns
from domain.issues import Category, Issue, IssueLevel, IssueStatus
from domain.likeness import likeness
from domain.people import Duty, Person, Post, Role
from domain.project import ProjectType
from domain.routing import Guess, on_duty, route, sure, weigh
from domain.routing_rules import Features, RoutingRules, Rule, held_by, read_routing, traits
from domain.routing_suggestion import Lesson, better_than_rules, suggest
from domain.rungs import Rung
from domain.site import Department

NOW = datetime(2026, 9, 15, 1, 30, tzinfo=UTC)
DEPARTMENTS = {
    key: Department(key, name, name, (), topics, False, "")
    for key, name, topics in (
        ("zjj", "住建局", ("施工许可", "消防验收")),
        ("swj", "水务局", ("排水许可", "水保")),
        ("cgj", "城管局", ("占道",)),
        ("jj", "交警大队", ("交通疏解",)),
    )
}
CROSSING = Rule("开设路口", ("cgj", "jj"), 9, words=("开路口",))
WORDS = st.text(alphabet="施工许可消防验收排水保占道交通疏解开路口的不", max_size=40)


def _features(words: str, named: str | None = None, **more: object) -> Features:
    return Features(words, Category.OTHER, named=named, **more)  # type: ignore[arg-type]


def _read(document: Mapping[str, object]) -> tuple[RoutingRules, list[Flaw]]:
    flaws: list[Flaw] = []
    return read_routing(Section(document, "routing.yaml", (), flaws)), flaws


def test_one_department_and_why() -> None:
    (guess,) = weigh(_features("排水许可和水保都不收"), RoutingRules(), DEPARTMENTS)
    assert (guess.department, guess.score, guess.why) == ("swj", 4, "词=排水许可、水保")
    assert sure([guess], RoutingRules()) == guess


def test_a_named_department_wins() -> None:
    guesses = weigh(_features("施工许可卡在水务局", "swj"), RoutingRules(), DEPARTMENTS)
    assert [guess.department for guess in guesses] == ["swj", "zjj"]
    assert guesses[0].why == "反馈中写明部门=水务局"
    assert sure(guesses, RoutingRules()) == guesses[0]


def test_two_that_are_equal_are_nobody() -> None:
    guesses = weigh(_features("施工许可要先办排水许可吗"), RoutingRules(), DEPARTMENTS)
    assert sure(guesses, RoutingRules()) is None
    routed = route(guesses, RoutingRules(), None, {key: one.name for key, one in DEPARTMENTS.items()})
    assert routed.why == "把握不足，可能是：住建局（词=施工许可）；水务局（词=排水许可）"


def test_a_rule_brings_those_who_help_and_they_are_no_rivals() -> None:
    rules = RoutingRules(rules=(CROSSING,))
    guesses = weigh(_features("想在北侧开路口，占道和交通疏解找谁"), rules, DEPARTMENTS)
    best = sure(guesses, rules)
    assert best is not None
    assert (best.department, best.helpers, best.why) == ("cgj", ("jj",), "词=开路口；词=占道")


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (Rule("r", ("zjj",), 5, words=("图审",), categories=("other",)), ("词=图审", "类别=其他")),
        (Rule("r", ("zjj",), 5, project_types=("low_risk",)), ("项目类型=社会投资简易低风险类",)),
        (Rule("r", ("zjj",), 5, levels=("省级",)), ("审批层级=省级",)),
        (Rule("r", ("zjj",), 5, facts={"land_source": ("划拨",)}), ("项目情况=划拨",)),
        (Rule("r", ("zjj",), 5, words=("图审",), categories=("fee",)), None),
        (Rule("r", ("zjj",), 5, project_types=("gov_linear",)), None),
        (Rule("r", ("zjj",), 5, facts={"land_source": ("出让",)}), None),
        (Rule("r", ("zjj",), 5, items=("sg_xuke",)), None),
    ],
)
def test_every_condition_must_hold_and_says_so(rule: Rule, said: tuple[str, ...] | None) -> None:
    features = _features("图审要报省厅", project_type=ProjectType.LOW_RISK, facts={"land_source": "划拨"})
    assert held_by(rule, features, {"省级": ("省厅",)}) == said


@given(WORDS, st.sampled_from([None, *DEPARTMENTS]))
def test_what_is_sure_leads_by_what_was_asked_and_always_says_why(words: str, named: str | None) -> None:
    rules = RoutingRules(rules=(CROSSING,))
    guesses = weigh(_features(words, named), rules, DEPARTMENTS)
    assert [g.score for g in guesses] == sorted((g.score for g in guesses), reverse=True)
    assert all(guess.because and guess.department not in guess.helpers for guess in guesses)
    best = sure(guesses, rules)
    if best is not None:
        rivals = [g.score for g in guesses[1:] if g.department not in best.helpers]
        assert best.score >= rules.least
        assert all(best.score - score >= rules.lead_by for score in rivals)


@given(st.lists(st.sampled_from(list(DEPARTMENTS)), unique=True), WORDS)
def test_nobody_gets_by_rule_what_they_gave_back(gone: list[str], words: str) -> None:
    guesses = weigh(_features(words), RoutingRules(), DEPARTMENTS)
    somebody = Person(1, "a", "甲")
    names = {key: one.name for key, one in DEPARTMENTS.items()}
    routed = route(guesses, RoutingRules(), somebody, names, gone)
    assert routed.person is None or (routed.guess and routed.guess.department not in gone)
    assert not {guess.department for guess in routed.guesses} & set(gone)


def test_a_post_first_and_never_the_one_complained_of() -> None:
    a = Person(1, "a", "甲", duties=(Duty(Role.REPRESENTATIVE, "zjj"),))
    b = Person(2, "b", "乙", duties=(Duty(Role.REPRESENTATIVE, "zjj", Post.B),))
    day = NOW.date()
    assert on_duty([a, b], "zjj", day, {1: 9}) == a
    assert on_duty([a, b], "zjj", day, {}, but=1) == b
    assert on_duty([a], "zjj", day, {}, but=1) is None


def test_cross_region_and_level_are_pointed_out_with_the_word() -> None:
    rules = RoutingRules(joint={"跨层级": ("市局",), "跨区域": ("跨县",)})
    assert traits(_features("要市局先出意见"), rules) == ("跨层级（词=市局）",)
    assert traits(Features("没人管", Category.CROSS_DEPARTMENT), rules) == ("跨部门（类别=跨部门）",)
    assert traits(_features("窗口不收"), rules) == ()


# ---------------------------------------------------------------- configuration


def test_without_the_file_there_are_figures_and_no_rules() -> None:
    rules, flaws = _read({})
    assert (rules, flaws) == (RoutingRules(), [])


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ({"least": 0}, "least"),
        ({"alike_percent": 120}, "1 到 100"),
        ({"rules": [{"name": "空", "departments": ["zjj"], "weight": 3}]}, "至少要写一个条件"),
        (
            {"rules": [{"name": "错", "departments": ["zjj"], "weight": 3, "categories": ["费"]}]},
            "没有「费」",
        ),
        ({"rules": [{"name": "级", "departments": ["zjj"], "weight": 3, "levels": ["部级"]}]}, "部级"),
        ({"wieghts": {}}, "不认识的项目"),
    ],
)
def test_a_slip_of_the_pen_is_named(document: Mapping[str, object], said: str) -> None:
    assert any(said in str(flaw) for flaw in _read(document)[1])


# ---------------------------------------------------------------- hand-overs


def _turn(kind: TurnKind, of: str | None = None, to: str | None = None) -> Turn:
    return Turn(NOW, kind, 1, of, to, "原因")


def test_given_back_until_the_officer_says_again() -> None:
    turns = [_turn(TurnKind.ROUTED, to="zjj"), _turn(TurnKind.NOT_OURS, "zjj")]
    assert returned_by(turns) == {"zjj"}
    assert must_not_be_passed_on(turns)
    assert returned_by([*turns, _turn(TurnKind.ASSIGNED, to="zjj")]) == frozenset()
    assert len(returns([*turns, _turn(TurnKind.ASSIGNED, to="zjj")])) == 1


def test_the_first_receiver_keeps_it_until_another_has_taken_it() -> None:
    issue = Issue(3, 1, 1, Category.MATERIAL, "盖章", 1, NOW)
    with pytest.raises(IllegalMove):
        issue.offer("swj", 8, NOW)
    issue.assign("zjj", 7, "")
    issue.offer("swj", 8, NOW + timedelta(days=1))
    assert (issue.department, issue.representative_id, issue.offered_to) == ("zjj", 7, 8)
    issue.take_over(8, "")
    assert (issue.department, issue.representative_id, issue.offered_to) == ("swj", 8, None)
    with pytest.raises(IllegalMove):
        issue.take_over(8, "")


@pytest.mark.parametrize("move", ["triage", "reply", "assign"])
def test_whatever_is_decided_meanwhile_ends_the_offer(move: str) -> None:
    issue = Issue(3, 1, 1, Category.MATERIAL, "盖章", 1, NOW)
    issue.assign("zjj", 7, "")
    issue.offer("swj", 8, NOW)
    {
        "triage": lambda: issue.to_triage(""),
        "reply": lambda: issue.reply("按清单收件。", 7),
        "assign": lambda: issue.assign("cgj", 9, ""),
    }[move]()
    assert (issue.offered_department, issue.offered_to, issue.offer_until) == (None, None, None)


def test_what_was_told_needs_no_joint_meeting() -> None:
    issue = Issue(3, 1, 1, Category.MATERIAL, "盖章", 1, NOW, status=IssueStatus.RELEASED)
    with pytest.raises(IllegalMove):
        issue.coordinate(IssueLevel.JOINT_MEETING, Rung.SLOTS, NOW)


def _moved(part: Part, wanted: PartStatus) -> Part:
    if wanted is PartStatus.TAKEN:
        return part.taken(5)
    return part.answered("同意。", 5) if wanted is PartStatus.ANSWERED else part.not_ours()


@given(st.lists(st.sampled_from(["taken", "answered", "not_ours"]), max_size=6))
def test_a_part_moves_by_the_table_only(moves: list[str]) -> None:
    part = Part(1, 3, "jj", 5, PartStatus.ASKED, next_at=NOW)
    for move in moves:
        wanted = PartStatus(move)
        allowed = wanted in NEXT[part.status]
        try:
            part = _moved(part, wanted)
        except InvalidAnswer:
            assert not allowed
        else:
            assert allowed
            assert part.status is wanted
    assert part.status in {PartStatus.ASKED, PartStatus.TAKEN} or part.next_at is None


# ---------------------------------------------------------------- likeness and lessons


@given(WORDS, WORDS)
def test_likeness_is_a_share_and_the_same_both_ways(one: str, other: str) -> None:
    assert 0 <= likeness(one, other) == likeness(other, one) <= 1
    assert likeness(one, one) in (0.0, 1.0)


def test_the_same_thing_in_other_words_is_more_alike_than_another_thing() -> None:
    first = "施工许可窗口要求补交村委会盖章，清单上没有这一条"
    assert likeness(first, "施工许可窗口要补交村委会盖章，清单上没这条") > 0.6
    assert likeness(first, "施工许可系统上传图纸一直报错") < 0.3


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("黄志坚说要等王科长签字", "某说要等某签字"),
        ("联系小李工 0750-1234567 没人接", "联系某 ＃ 没人接"),
        ("云溪岭南新材料有限公司的施工许可不收", "某的施工许可不收"),
        ("要补2份材料", "要补2份材料"),
    ],
)
def test_what_is_learnt_from_names_nobody(said: str, kept: str) -> None:
    assert without_people(said, ["黄志坚", "云溪岭南新材料有限公司"]) == kept


def _lessons(count: int, guess: str | None) -> list[Lesson]:
    kinds = (("夜里管网积水倒灌进厂区", "swj"), ("门口围挡挡住人行道", "cgj"))
    return [
        Lesson(None, Category.OTHER, f"{kinds[n % 2][0]}{n}", kinds[n % 2][1], guess) for n in range(count)
    ]


def test_it_is_silent_until_there_are_enough_and_it_beats_the_rules() -> None:
    asked = Lesson(None, Category.OTHER, "管网积水倒灌进仓库")
    assert suggest(_lessons(199, None), asked, 200) is None
    found = suggest(_lessons(200, None), asked, 200)
    assert found is not None
    assert (found.department, found.agree, found.alike) == ("swj", 12, 12)
    as_good = [Lesson(l.item, l.category, l.words, l.department, l.department) for l in _lessons(200, None)]  # noqa: E741
    assert not better_than_rules(as_good)
    assert suggest(as_good, asked, 200) is None


def test_it_is_silent_on_what_it_never_saw() -> None:
    assert suggest(_lessons(200, None), Lesson(None, Category.FEE, "发票开错抬头"), 200) is None


def test_a_guess_says_why() -> None:
    assert Guess("zjj", 9, ("事项=施工许可", "词=图审")).why == "事项=施工许可；词=图审"
