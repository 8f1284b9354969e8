"""“周报”: the officer's preview and own line before the weekly summary is posted, a correction after it; everybody else
reads the last one."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.context import Answer, Context, words
from bot.moves import weekly
from bot.moves.naming import as_typed, project_called, project_meant
from bot.moves.work import case_work
from bot.texts import summaries
from bot.texts import weekly as texts
from domain.errors import InvalidAnswer, NotFound
from domain.people import Action
from domain.project import Project
from domain.week_report import WeekReport
from domain.weeks import Week, coming, of_monday
from storage.dialogs import Recent

Arguments = dict[str, str]
CORRECTED_FOR = timedelta(days=7)


def show(context: Context, arguments: Arguments) -> Answer:
    """In the group, and to whoever is not its officer, what was posted last: nothing half-made stands there."""
    project = project_meant(context, arguments["code"])
    week = coming(context.calendar, context.now)
    if not context.message.in_group and context.standing.may(Action.MANAGE_CASE):
        text = summaries.weekly(_fresh(context, project, week))
        said = texts.preview(project, week, _until(context, week), text)
        return words(said, recent=Recent(project.id))
    context.must_be_allowed(Action.ASK)
    told = context.tx.week_reports.newest(project.id)
    officer = context.tx.people.get(project.officer_id).name
    said = summaries.weekly(told) if told else texts.none_yet(week, officer)
    return words(said, recent=Recent(project.id))


def add_line(context: Context, arguments: Arguments) -> Answer:
    project = project_called(context, arguments["code"], Action.MANAGE_CASE)
    week = _still_open(context, project)
    line = _words(context, arguments, texts.which_words(project, most=summaries.LONGEST_LINE))
    context.tx.week_reports.put_line(project.id, week.name, line, context.must_sender.id, context.now)
    case_work(context).audit(project.id, "summary.line", f"project:{project.id}", {"week": week.name})
    return words(texts.added(project, week, line), recent=Recent(project.id))


def drop_line(context: Context, arguments: Arguments) -> Answer:
    project = project_called(context, arguments["code"], Action.MANAGE_CASE)
    week = _still_open(context, project)
    context.tx.week_reports.put_line(project.id, week.name, "", context.must_sender.id, context.now)
    case_work(context).audit(project.id, "summary.line", f"project:{project.id}", {"week": week.name})
    return words(texts.removed(project), recent=Recent(project.id))


def correct(context: Context, arguments: Arguments) -> Answer:
    project = project_called(context, arguments["code"], Action.MANAGE_CASE)
    before, week = _posted(context, project)
    note = _words(context, arguments, texts.how_to_correct(project, most=summaries.LONGEST_LINE))
    group = context.tx.groups.of_project(project.id)
    if group is None:
        raise NotFound("project")
    told = weekly.correct(case_work(context), group, project, before, week, note)
    rows = weekly.posts(context.tx, group, project, told, context.now)
    said = texts.corrected(told, group.name, summaries.weekly(told))
    return words(said, recent=Recent(project.id)).and_tell(*rows)


def _still_open(context: Context, project: Project) -> Week:
    week = coming(context.calendar, context.now)
    if context.now >= _until(context, week):
        raise InvalidAnswer(texts.too_late(project, week))
    _fresh(context, project, week)
    return week


def _until(context: Context, week: Week) -> datetime:
    return week.posted - timedelta(minutes=context.site.clock.line_until)


def _fresh(context: Context, project: Project, week: Week) -> WeekReport:
    site, calendar = context.site, context.calendar
    found = weekly.reports(context.tx, site, calendar, [project.id], week, context.now)
    if project.id not in found:
        raise InvalidAnswer(texts.nothing_open(project))
    return found[project.id]


def _posted(context: Context, project: Project) -> tuple[WeekReport, Week]:
    told = context.tx.week_reports.newest(project.id)
    week = of_monday(context.calendar, told.first) if told else None
    if told is None or week is None or context.now > week.posted + CORRECTED_FOR:
        raise InvalidAnswer(texts.nothing_to_correct(project))
    _fresh(context, project, week)
    return told, week


def _words(context: Context, arguments: Arguments, how: str) -> str:
    said = " ".join(as_typed(context, arguments["rest"]).split())
    if not said or len(said) > summaries.LONGEST_LINE:
        raise InvalidAnswer(how)
    if "***" in said:  # a number that was masked when it came in
        raise InvalidAnswer(texts.NUMBERS)
    return said
