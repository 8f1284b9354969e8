"""Binding the group where the bot hears to the project whose group the app posts into; entering a chat."""

from __future__ import annotations

from bot.context import Answer, Context, words
from bot.notices import Notices
from bot.platform import BotMembership, EnteredChat, Say, Subscribed
from bot.records import to_record
from bot.texts import groups
from bot.texts import help as texts
from domain.errors import InvalidAnswer, NotAllowed
from domain.people import Action, Person
from domain.project import Project
from storage.outbox import NewMessage


def bind(context: Context, arguments: dict[str, str]) -> Answer:
    """Only by the project's service officer, one bot chat per project, never a chat of another project."""
    if not context.message.in_group:
        raise InvalidAnswer("请在项目工作群里发送：@代办助手 绑定 项目编号。")
    chat = context.message.chat_id or ""
    project = _project_of_officer(context, arguments["code"])
    if _bound_already(context, chat, project):
        return words(f"本群已经绑定{project.name}（{project.code}），无需重复绑定。")
    group = context.tx.groups.of_project(project.id, lock=True)
    if group and group.bot_chat:
        raise InvalidAnswer(f"{project.name}已绑定另一个群。请先在原群发送“解绑 {project.code}”。")
    if group and group.members and context.must_sender.userid not in group.members:
        raise InvalidAnswer("您不在该项目工作群的成员名单中，请先入群再绑定。")
    if group is None:
        name = context.site.group_name(project.name)
        context.tx.groups.add(project.id, name, since=context.now, bot_chat=chat)
    else:
        context.tx.groups.bind(project.id, chat)
    sender = context.must_sender
    context.tx.audit.add(project.id, context.now, sender.userid, "group.bind", f"project:{project.id}")
    if group is None or not group.appchat or group.gone:
        return words(groups.bound(project, posts=False))
    # Where the platform does not say which group a chat is, the post shows whether it was the right one.
    check = to_record(Say(groups.bound_notice(project, sender.name), markdown=True))
    subject = f"project:{project.id}"
    row = NewMessage("group", group.appchat, check, subject, context.now, inbox_id=context.inbox_id)
    return words(groups.bound(project, posts=True)).and_tell(row)


def _project_of_officer(context: Context, code: str) -> Project:
    project = context.tx.projects.by_code(code)
    if project is None or not context.standing_towards(project).may(Action.BIND_GROUP):
        # Whether the number exists is nobody else's business.
        raise NotAllowed(Action.BIND_GROUP)
    return project


def _bound_already(context: Context, chat: str, project: Project) -> bool:
    bound = context.tx.groups.by_bot_chat(chat)
    other = bound or context.tx.groups.by_appchat(chat)
    if other and other.project_id != project.id:
        raise InvalidAnswer(
            "本群是另一个项目的工作群。一个群只能绑定一个项目，请到该项目自己的工作群里绑定，或先由原项目的服务专员解绑。"
        )
    return bound is not None


def unbind(context: Context, arguments: dict[str, str]) -> Answer:
    project = _project_of_officer(context, arguments["code"])
    if context.message.in_group and context.project not in (None, project):
        raise InvalidAnswer("本群不是该项目的工作群。解绑请在该项目的工作群里，或在与我的单聊里发送。")
    group = context.tx.groups.of_project(project.id, lock=True)
    if group is None or not group.bot_chat:
        raise InvalidAnswer(f"{project.name}还没有绑定工作群。")
    context.tx.groups.unbind(project.id)
    context.tx.audit.add(
        project.id, context.now, context.must_sender.userid, "group.unbind", f"project:{project.id}"
    )
    return words(f"已解绑{project.name}（{project.code}）。重新绑定请在工作群发送“绑定 {project.code}”。")


def unbound() -> Answer:
    """Spoken to in a group that belongs to no project: what is missing and who can do it, nothing else."""
    return words(
        "本群还没有绑定项目，我不能提供项目信息。请本项目的服务专员在群里发送：@代办助手 绑定 项目编号。"
    )


def entered(context: Context, event: EnteredChat) -> Answer:  # noqa: ARG001
    """The first entry of the day. Strangers learn whom to ask."""
    if context.message.channel.value == "app":
        return Answer()  # every opening of the app is an event: silence, the menu is there
    if context.sender is None:
        raise NotAllowed("registered", context.whom_to_ask)
    return Answer(Say(texts.welcome(context.sender, context.site)))


def membership(context: Context, event: BotMembership) -> Answer:
    """The bot was put into or taken out of a group; told where an edition tells it."""
    if event.joined or context.group is None:
        return Answer()
    officer = context.tx.people.get(context.must_project.officer_id)
    context.tx.groups.unbind(context.must_project.id)
    from_group = context.must_project
    note = f"{from_group.name}的工作群里机器人已被移出，群内提问将收不到。请重新添加机器人并发送“绑定 {from_group.code}”。"
    return Answer().and_tell(_notice(context, officer, note, from_group.id))


def subscription(context: Context, event: Subscribed) -> Answer:
    """A member left the app's visible range: cards cannot reach them any more."""
    if event.joined or context.sender is None:
        return Answer()
    rows = []
    for project in context.tx.projects.of_person(context.sender.id):
        officer = context.tx.people.get(project.officer_id)
        note = f"{context.sender.name}已不在应用可见范围内，收不到{project.name}的应用消息，请核对人员名单。"
        rows.append(_notice(context, officer, note, project.id))
    return Answer().and_tell(*rows)


def _notice(context: Context, officer: Person, text: str, project_id: int) -> NewMessage:
    notices = Notices(context.tx, context.site, context.calendar, context.now, context.inbox_id)
    return notices.say_to(officer, text, f"project:{project_id}")
