"""好差评 (R151, R152, R173): invited once closed, one per case; a poor one is put right and followed up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta

from bot.cards import case_cards
from bot.moves import carding
from bot.moves.suspending import enterprise
from bot.moves.work import CaseWork
from bot.texts import ratings as texts
from domain.case import Case, CaseStatus
from domain.errors import InvalidAnswer
from domain.ledger import LogStatus
from domain.people import Person, Role
from domain.project import Project
from domain.ratings import GRADE_NAMES, Rating, RatingState, new_rating, sample
from storage.outbox import NewMessage

LOOKED_BACK = timedelta(days=92)


@dataclass(frozen=True)
class Verdict:
    """`parts`: grades of the single points, by the keys of F12."""

    grade: int
    comment: str = field(default="", repr=False)
    anonymous: bool = False
    parts: Mapping[str, int] = field(default_factory=dict)


def subject_of(case: Case) -> str:
    return f"rating:{case.id}"


def invite(work: CaseWork, project: Project, case: Case) -> list[NewMessage]:
    officer = work.tx.people.get(project.officer_id)
    card = case_cards.to_rate(case.id, project, officer.name)
    return [carding.send(work, person, card, subject_of(case)) for person in enterprise(work, project)]


def case_to_rate(work: CaseWork, project: Project) -> Case:
    """The newest closed one. Raises with what comes before, for one still under way."""
    found = [one for one in work.tx.cases.of_project(project.id) if one.status is CaseStatus.CLOSED]
    if not found:
        officer = work.tx.people.get(project.officer_id)
        raise InvalidAnswer(texts.not_closed(project, officer.name))
    return work.locked(found[-1].id)[0]


def give(
    work: CaseWork, project: Project, case: Case, verdict: Verdict, but: str | None = None
) -> tuple[Rating, list[NewMessage]]:
    assert work.actor is not None
    known = work.tx.ratings.of_case(case.id, lock=True)
    if known and known.state is not RatingState.REOPENED:
        raise InvalidAnswer(texts.rated_already(known, project))
    due = work.calendar.add_working_days(work.today, work.site.completion.rectify_within)
    new = new_rating(
        case.id, verdict.grade, work.actor.id, work.now,
        rectify_by=due, comment=verdict.comment, anonymous=verdict.anonymous,
    )  # fmt: skip
    if known:
        new = known.again(new)
        work.tx.ratings.save(new, known.state)
    else:
        new = replace(new, id=work.tx.ratings.add(new))
    _written_down(_nameless(work, verdict), project, case, new, verdict)
    line = f"已评价：{new.name}" if not verdict.anonymous else "已评价"
    told = carding.settle(
        work, subject_of(case), "帮办代办服务评价", project.name, line, but=but, nameless=verdict.anonymous
    )
    return new, [*told, *_tell(work, project, case, new)]


def _nameless(work: CaseWork, verdict: Verdict) -> CaseWork:
    """What is written down of an anonymous one names nobody, neither in the form nor in the audit."""
    return replace(work, actor=None) if verdict.anonymous else work


def _written_down(work: CaseWork, project: Project, case: Case, new: Rating, verdict: Verdict) -> None:
    values = {
        "project_name": project.name,
        "officer_name": work.tx.people.get(project.officer_id).name,
        "overall": new.name,
        **{key: GRADE_NAMES[grade] for key, grade in verdict.parts.items()},
        "opinion": verdict.comment,
        "anonymous": "是" if verdict.anonymous else "否",
    }
    form = work.fill("F12", project, case, values)
    work.audit(project.id, "rating.give", subject_of(case), {"grade": new.grade, "form": form.id})
    work.log(
        project,
        case,
        f"项目单位评价：{new.name}（{form.no}）",
        subject=subject_of(case),
        status=LogStatus.DONE,
    )


def _tell(work: CaseWork, project: Project, case: Case, new: Rating) -> list[NewMessage]:
    """The result goes to the supervisor (R151); a poor one asks the officer to act."""
    who = "" if new.anonymous else work.actor_name
    note = texts.to_supervisor(project, new, who)
    rows = [work.tell(person, note, subject_of(case)) for person in supervisors(work)]
    return [*rows, work.tell_officer(project, texts.to_officer(project, new, who), subject_of(case))]


def supervisors(work: CaseWork) -> list[Person]:
    return work.tx.people.with_role(Role.SUPERVISOR)


def rated(work: CaseWork, project: Project) -> tuple[Case, Rating]:
    case = case_to_rate(work, project)
    found = work.tx.ratings.of_case(case.id, lock=True)
    if found is None:
        raise InvalidAnswer(f"{project.short_name}还没有评价。")
    return case, found


def rectify(work: CaseWork, project: Project, what: str) -> tuple[Rating, list[NewMessage]]:
    assert work.actor is not None
    case, known = rated(work, project)
    if known.state is not RatingState.RECTIFY:
        raise InvalidAnswer(texts.nothing_to_rectify(known, project))
    new = known.rectify(what, work.actor.id, work.now)
    _kept(work, project, case, new, known, "rectify")
    work.log(project, case, "评价整改", what, subject=subject_of(case), next_step="回访")
    note = texts.rectified(project, work.actor_name, what)
    return new, [work.tell(person, note, subject_of(case)) for person in supervisors(work)]


def follow_up(
    work: CaseWork, project: Project, result: str, *, content: bool
) -> tuple[Rating, list[NewMessage]]:
    """By somebody other than the officer concerned. A good one may be followed up too (抽查回访, R172)."""
    assert work.actor is not None
    case, known = rated(work, project)
    _must_not_be_concerned(work, project, known)
    if known.state is RatingState.RECTIFY:
        raise InvalidAnswer(texts.rectify_first(known))
    if known.state not in {RatingState.RECTIFIED, RatingState.GIVEN}:
        raise InvalidAnswer(texts.not_to_follow(known))
    due = work.calendar.add_working_days(work.today, work.site.completion.rectify_within)
    again = known.state is RatingState.RECTIFIED and not content
    new = known.not_content(result, due) if again else known.followed(result)
    _kept(work, project, case, new, known, "follow_up")
    work.log(project, case, "评价回访", result, subject=subject_of(case), status=LogStatus.DONE)
    note = texts.followed(project, new, work.actor_name, result)
    return new, [work.tell_officer(project, note, subject_of(case))]


def to_sample(work: CaseWork) -> list[Project]:
    """Whom to call at random this month (R172)."""
    found = [work.tx.cases.get(one) for one in work.tx.ratings.not_followed_up(work.today - LOOKED_BACK)]
    projects = {case.no: case.project_id for case in found if case}
    drawn = sample(list(projects), work.site.completion.sample_percent, f"{work.today:%Y-%m}")
    return [work.tx.projects.get(projects[no]) for no in drawn]


def _must_not_be_concerned(work: CaseWork, project: Project, known: Rating) -> None:
    assert work.actor is not None
    if work.actor.id in {project.officer_id, known.rectified_by}:
        names = "、".join(person.name for person in supervisors(work))
        raise InvalidAnswer(f"回访由被评价人以外的人员进行，请由{names}回访。")


def appeal(work: CaseWork, project: Project, why: str) -> tuple[Rating, list[NewMessage]]:
    case, known = rated(work, project)
    if known.state not in {RatingState.GIVEN, RatingState.RECTIFY}:
        raise InvalidAnswer(texts.not_to_appeal(known))
    new = known.appealed(why)
    # Of two who may rate, the name of the one who appeals would tell the other's.
    theirs = work.actor is not None and work.actor.id not in {project.officer_id, project.deputy_id}
    quiet = _nameless(work, Verdict(known.grade, anonymous=known.anonymous and theirs))
    _kept(quiet, project, case, new, known, "appeal")
    who = "" if quiet.actor is None else work.actor_name
    note = texts.appeal_to_supervisor(project, new, who)
    return new, [work.tell(person, note, subject_of(case)) for person in supervisors(work)]


def decide(work: CaseWork, project: Project, *, grant: bool) -> tuple[Rating, list[NewMessage]]:
    """By the supervisor: the enterprise rates anew, or everything stays."""
    case, known = rated(work, project)
    if known.state is not RatingState.APPEALED:
        raise InvalidAnswer(texts.no_appeal(project))
    new = known.reopened() if grant else known.upheld()
    _kept(work, project, case, new, known, "grant_appeal" if grant else "uphold")
    note = texts.decided(project, new, grant=grant)
    told = [
        work.tell_officer(project, note, subject_of(case)),
        *work.tell_enterprise(project, note, subject_of(case)),
    ]
    return new, [*told, *invite(work, project, case)] if grant else told


def _kept(work: CaseWork, project: Project, case: Case, new: Rating, known: Rating, action: str) -> None:
    work.tx.ratings.save(new, known.state)
    work.audit(project.id, f"rating.{action}", subject_of(case), {"state": new.state})
