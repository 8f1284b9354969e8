"""Who answers: a card click, an exact command word, an unfinished dialog, then the first handler of the act."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot import pointing
from bot.cards import issue_cards
from bot.context import SILENCE, Answer, Context
from bot.dialogs import DIALOGS, choose
from bot.handlers import CARDS, COMMANDS, HANDLERS, membership
from bot.moves import alarming, introducing, private_numbers, which_issue
from bot.notices import Notices
from bot.platform import (
    BotMembership,
    CardClick,
    Channel,
    EnteredChat,
    FileSent,
    IncomingMessage,
    Link,
    Location,
    MenuClick,
    Mixed,
    Say,
    SayAndCard,
    Subscribed,
    Text,
    Unknown,
    UpdateCard,
    Voice,
)
from bot.texts import refusals
from bot.texts.phrases import moment
from bot.understanding.acts import Act, Decision, Heard, Intent, Understood
from bot.understanding.commands import COMMANDS as COMMAND_WORDS
from bot.understanding.dictionary import Dictionary, normalise
from bot.understanding.understand import understand
from domain.errors import DomainError, InvalidAnswer, NotFound, Unclear
from domain.people import Action, speaks_as
from domain.project import Project
from storage.dialogs import OpenDialog, Recent
from storage.outbox import NewMessage

LONGEST_DIALOG = timedelta(days=7)
MOST_ACTS = 3
TOO_MANY = f"一条消息最多办{MOST_ACTS}件事，其余的请另发一条。"
MENU_WORDS = {"todo": "待办", "progress": "进度", "help": "帮助", "digest": "汇总"}
FILE_KEPT = {
    Channel.BOT: "已收到文件。请引用这个文件并写上事项和材料名称，或直接回复：刚才的文件是 施工许可 施工合同。",
    Channel.APP: "已收到文件。请直接回复是哪份材料，例如：刚才的文件是 施工许可 施工合同。",
}
OLD_CARD = "这张卡片已失效，没有办理任何事项。请发送“待办”查看最新情况。"
CANNOT_HEAR = "听不了这条语音，请用文字说明，或发送“帮助”。"
CANNOT_READ = "暂时看不懂这种消息，请用文字说明，或发送“帮助”。"


def route(context: Context, dictionary: Dictionary) -> Answer:
    """What to say and do. Refusals become words here, in one place."""
    try:
        answer = _answer(context, dictionary)
    except DomainError as refusal:
        answer = _refused(context, refusal)
    answer = private_numbers.after(context, alarming.before(context, answer))
    return introducing.before(context, answer)


def _refused(context: Context, refusal: DomainError) -> Answer:
    text = refusals.explain(refusal)
    if isinstance(context.message.content, CardClick):
        return _refused_click(context, text)
    return Answer(Say(text, markdown=True))


def _refused_click(context: Context, text: str) -> Answer:
    return SILENCE if context.sender is None else Answer(None, (_beside_click(context, text),))


def _beside_click(context: Context, text: str) -> NewMessage:
    """A click is answered by words of the app (to a person) or by the click's response URL (bot)."""
    notices = Notices(context.tx, context.site, context.calendar, context.now, context.inbox_id)
    url = context.message.response_url
    if url is None:
        return notices.say_to(context.must_sender, text, "click", urgent=True)
    return notices.later_answer(url, text, "click")


def _answer(context: Context, dictionary: Dictionary) -> Answer:
    content = context.message.content
    if isinstance(content, EnteredChat | BotMembership | Subscribed):
        return _event(context, content)
    if isinstance(content, CardClick):
        return _click(context, content)
    if isinstance(content, MenuClick):
        return _menu(context, content, dictionary)
    if isinstance(content, Text | Mixed | Voice):
        silent_recording = isinstance(content, Voice) and not content.text.strip()
        return Answer(Say(CANNOT_HEAR)) if silent_recording else _talk(context, dictionary)
    if isinstance(content, FileSent | Location | Link | Unknown):
        return _not_words(context)
    return SILENCE


def _event(context: Context, content: EnteredChat | BotMembership | Subscribed) -> Answer:
    if isinstance(content, EnteredChat):
        return membership.entered(context, content)
    if isinstance(content, BotMembership):
        return membership.membership(context, content)
    return membership.subscription(context, content)


def _click(context: Context, click: CardClick) -> Answer:
    key, _, arguments = click.key.partition(":")
    if key == "say":
        return _said_by_button(context, arguments)
    if key == choose.KIND:
        return _choice(context, click, arguments.split(":"))
    action = CARDS.get(key)
    if action is None:  # of a card an earlier version sent
        raise InvalidAnswer(OLD_CARD)
    return _handled(context, action.answer(context, click, arguments.split(":") if arguments else ()))


def _handled(context: Context, answer: Answer) -> Answer:
    """A card that is done says by whom and when."""
    said = answer.say
    if not isinstance(said, UpdateCard) or said.card is None or not said.card.replaced or not context.sender:
        return answer
    when = moment(context.now, context.calendar.zone)
    return replace(answer, say=replace(said, card=issue_cards.handled(said.card, context.sender.name, when)))


def _said_by_button(context: Context, said: str) -> Answer:
    """A button that stands for an exact command word is the same as typing it; the answer comes as a message."""
    spoken = replace(context, message=replace(context.message, content=Text(said)))
    answer = _command(spoken)
    if answer is None or context.sender is None or not isinstance(answer.say, Say):
        return SILENCE
    notices = Notices(context.tx, context.site, context.calendar, context.now, context.inbox_id)
    row = notices.say_to(context.sender, answer.say.text, "click", urgent=True)
    return Answer(None, (row, *answer.tell), answer.jobs, answer.recent)


def _choice(context: Context, click: CardClick, arguments: list[str]) -> Answer:
    """A tapped choice is the question put in full; its answer goes where words can go."""
    act = choose.tapped(context, arguments)
    answer = _acts(context, (act,))
    said = answer.say.say if isinstance(answer.say, SayAndCard) else answer.say
    rows = (_beside_click(context, said.text),) if isinstance(said, Say) else ()
    final = UpdateCard(issue_cards.settled("您的选择", "", click.task_id, "已选择"), "已选择")
    return replace(answer, say=final, tell=(*answer.tell, *rows))


def _menu(context: Context, click: MenuClick, dictionary: Dictionary) -> Answer:
    words = MENU_WORDS.get(click.key)
    if click.opened_url or words is None:
        return SILENCE
    context.message = replace(context.message, content=Text(words))
    return _talk(context, dictionary)


def _not_words(context: Context) -> Answer:
    content = context.message.content
    if isinstance(content, Unknown):
        addressed = context.message.sender and not context.message.in_group
        return Answer(Say(CANNOT_READ)) if addressed and not content.name.startswith("event") else SILENCE
    kept = FILE_KEPT[context.message.channel]
    return Answer(Say(kept if isinstance(content, FileSent) else CANNOT_READ))


def _talk(context: Context, dictionary: Dictionary) -> Answer:
    commanded = _command(context)
    if commanded is not None:
        return commanded
    if context.message.in_group and context.group is None:
        return membership.unbound()
    waiting = _waiting_dialog(context)
    meant = pointing.pointed_at(context, dictionary)
    understood = understand(_heard(context, meant), dictionary)
    context.understood = understood
    taken = _take(context, waiting, understood.acts[0]) if waiting else None
    if taken is not None:
        return taken
    if understood.decision is Decision.SILENT and not waiting:
        return SILENCE
    acts = pointing.completed(context, understood.acts, meant, dictionary)
    context.understood = replace(understood, acts=acts)
    return _acts(context, acts)


def _command(context: Context) -> Answer | None:
    """An exact command word of officers stands before everything else."""
    text = normalise(context.message.text)
    for command in COMMAND_WORDS:
        match = command.pattern.match(text)
        if match:
            return COMMANDS[command.name](context, match.groupdict(default=""))
    return None


def _take(context: Context, waiting: OpenDialog, act: Act) -> Answer | None:
    """What the unfinished dialog makes of it; None when it was not meant."""
    if context.project is None and waiting.project_id:
        context.project = context.tx.projects.get(waiting.project_id)
    picked = choose.chosen(context, waiting) if waiting.kind == choose.KIND else None
    if picked:
        context.understood = Understood((picked,), Decision.ACT)
        return _acts(context, (picked,))
    return DIALOGS[waiting.kind].take(context, waiting, act)


def _waiting_dialog(context: Context) -> OpenDialog | None:
    dialog = context.waiting
    if dialog and dialog.updated_at <= context.now - DIALOGS[dialog.kind].lives:
        return None
    return dialog


def _acts(context: Context, acts: tuple[Act, ...]) -> Answer:
    context.asked = acts[-1].intent
    if len(acts) == 1:
        return _one(context, acts[0])
    joined = _joined([_one_of_several(context, act) for act in acts[:MOST_ACTS]])
    return _and_say(joined, TOO_MANY) if len(acts) > MOST_ACTS else joined


def _and_say(answer: Answer, line: str) -> Answer:
    if isinstance(answer.say, SayAndCard):
        return replace(answer, say=replace(answer.say, say=_longer(answer.say.say, line)))
    return replace(answer, say=_longer(answer.say if isinstance(answer.say, Say) else Say(""), line))


def _longer(say: Say, line: str) -> Say:
    return replace(say, text=f"{say.text}\n\n{line}".strip(), markdown=True)


def _one_of_several(context: Context, act: Act) -> Answer:
    """What is refused stands beside what was done: that must still be told to whom it concerns."""
    try:
        return _one(context, act)
    except DomainError as refusal:
        return _refused(context, refusal)


def _one(context: Context, act: Act) -> Answer:
    handler = next(h for h in HANDLERS if act.intent in h.intents)
    try:
        _find_project(context, act)
        which_issue.must_be_named(context, act)
        answer = handler.answer(context, act)
    except Unclear as unclear:
        return Answer(choose.asked(context, act, unclear))
    if answer.recent is None and context.project and (act.item or act.issue_no):
        answer = replace(answer, recent=Recent(context.project.id, act.item, act.issue_no))
    return answer


def _joined(answers: list[Answer]) -> Answer:
    """Several requests in one message: answered in order, numbered."""
    said = [a.say.say if isinstance(a.say, SayAndCard) else a.say for a in answers]
    texts = [say.text for say in said if isinstance(say, Say)]
    text = (
        "\n\n".join(f"（{n}）{one}" for n, one in enumerate(texts, 1)) if len(texts) > 1 else "".join(texts)
    )
    say = Say(text, markdown=True) if text else None
    card = next((a.say.card for a in answers if isinstance(a.say, SayAndCard)), None)
    return Answer(
        SayAndCard(say, card) if say and card else say,
        tuple(row for a in answers for row in a.tell),
        tuple(job for a in answers for job in a.jobs),
        answers[-1].recent,
    )


def _find_project(context: Context, act: Act) -> None:
    """In a single chat: the named one, the one talked of last, or the only one; several are asked back."""
    code = act.slots.get("project_code")
    if context.message.in_group:
        if code and context.project and code not in (context.project.code, context.project.national_code):
            raise InvalidAnswer(
                f"本群只能办理{context.project.name}（{context.project.code}）的事项，其他项目请在该项目的工作群或与我的单聊里问。"
            )
        return
    if act.intent is Intent.APPLY:
        return  # may name a project that is not there yet; the handler looks who may
    if code:
        _named_project(context, str(code))
    elif context.project is None and act.issue_no is None and act.intent in _ABOUT_A_PROJECT:
        context.project = _only_project(context)


def _named_project(context: Context, code: str) -> None:
    """A project this person has no part in is treated as one that is not there."""
    project = context.tx.projects.by_code(code)
    if context.sender is None or project is None or not context.standing_towards(project).may(Action.ASK):
        context.must_sender  # noqa: B018 – whoever is not registered is told so first
        raise NotFound("project", code)
    context.project = project
    context.forget_project()


_ABOUT_A_PROJECT = frozenset(
    {
        Intent.PROGRESS,
        Intent.MATERIALS,
        Intent.TEMPLATE,
        Intent.GUIDE,
        Intent.POLICY,
        Intent.CONTACT,
        Intent.REPORT_PROBLEM,
        Intent.URGE,
        Intent.HUMAN,
        Intent.COMPLAIN,
        Intent.MEETING,
        Intent.SUBMIT_MATERIAL,
        Intent.SUPPLEMENT,
        Intent.CONFIRM,
        Intent.DENY,
        Intent.WITHDRAW,
        Intent.SUSPEND,
        Intent.RESUME,
        Intent.TERMINATE,
        Intent.SIGN_OFF,
        Intent.RATE,
        Intent.MAIL,
        Intent.LOG_WORK,
    }
)


def _only_project(context: Context) -> Project | None:
    sender = context.must_sender
    if context.recent.project_id:
        project = context.tx.projects.get(context.recent.project_id)
        if context.standing_towards(project).may(Action.ASK):
            return project
    own = context.tx.projects.of_person(sender.id)
    if len(own) > 1:
        raise Unclear(
            "您问的是哪个项目？请回复数字：",
            [(p.code, f"{p.name}（{p.code}）") for p in own[:9]],
            "project_code",
        )
    return own[0] if own else None


def _heard(context: Context, meant: Recent) -> Heard:
    message: IncomingMessage = context.message
    roles = context.sender.roles if context.sender else frozenset()
    role = speaks_as(roles)
    quote = message.quote
    kind = quote.kind if quote else ""
    if isinstance(message.content, Mixed) and message.content.images:
        kind = kind or "image"
    return Heard(
        message.text, role, message.in_group, True, kind, quote.text if quote else "",
        meant.item_id, str(meant.issue_no) if meant.issue_no else None,
        context.today, context.calendar,
    )  # fmt: skip
