"""What is said about a rating. Who gave an anonymous one is never said."""

from __future__ import annotations

from collections.abc import Sequence

from bot.texts.phrases import clipped, day, lines
from domain.project import Project
from domain.ratings import Rating, RatingState


def not_closed(project: Project, officer: str) -> str:
    return (
        f"{project.short_name}的帮办代办还没有办结，代表人签署办结单当天即可评价。"
        f"现在有意见请发送“反馈问题 情况”，或联系服务专员{officer}。"
    )


def which_grade(code: str) -> str:
    return lines(
        "请回复满意程度，例如：评价 5 很专业。",
        "5 非常满意，4 满意，3 基本满意，2 不满意，1 非常不满意。",
        f"匿名评价请在单聊发送：匿名评价 {code} 5 意见。",
    )


def rated_already(known: Rating, project: Project) -> str:
    if known.state is RatingState.APPEALED:
        return "这次评价正在申诉复核，有结果后通知您。"
    return (
        f"一事一评，{project.short_name}已评价。评错了请发送“误评申诉 {project.code} 原因”，由督办人员核实。"
    )


def thanks(new: Rating, shown: str) -> str:
    poor = (
        f"我们将在{day(new.rectify_by)}前整改，并由其他人员回访您。" if new.rectify_by else "感谢您的评价。"
    )
    hidden = "评价人不对服务专员和督办人员显示。" if new.anonymous else ""
    return f"已收到评价{shown}。{poor}{hidden}"


def anonymous_in_the_group() -> str:
    return "群里的发言大家都看得到，匿名评价请到与我的单聊里发送。"


def to_supervisor(project: Project, new: Rating, who: str) -> str:
    by = f"（{who}）" if who else "（匿名）"
    return lines(
        f"**【服务评价】**{project.name}：{new.name}{by}",
        f"意见：{clipped(new.comment, 200)}" if new.comment else "",
        f"差评须在{day(new.rectify_by)}前整改，整改后请发送“回访 {project.code} 结果”。"
        if new.rectify_by
        else "",
    )


def to_officer(project: Project, new: Rating, who: str) -> str:
    by = f"（{who}）" if who else "（匿名）"
    return lines(
        f"**【服务评价】**{project.name}：{new.name}{by}",
        f"意见：{clipped(new.comment, 200)}" if new.comment else "",
        f"请在{day(new.rectify_by)}前整改，完成后发送“整改 {project.code} 措施”。" if new.rectify_by else "",
    )


def nothing_to_rectify(known: Rating, project: Project) -> str:
    if known.state is RatingState.RECTIFIED:
        return f"{project.short_name}的整改已登记，等其他人员回访。"
    if known.state is RatingState.APPEALED:
        return "这次评价正在申诉复核，有结果后再整改。"
    return f"{project.short_name}的评价不需要整改。"


def rectified(project: Project, who: str, what: str) -> str:
    return f"{project.name}：{who}已登记整改——{clipped(what, 200)}。请回访项目单位后发送“回访 {project.code} 结果”。"


def rectified_answer() -> str:
    return "整改已登记，由督办人员回访项目单位。"


def rectify_first(known: Rating) -> str:
    until = f"，期限{day(known.rectify_by)}" if known.rectify_by else ""
    return f"服务专员还没有登记整改{until}，整改后再回访。"


def not_to_follow(known: Rating) -> str:
    if known.state is RatingState.FOLLOWED_UP:
        return "这次评价已回访，不用重复登记。"
    return "这次评价正在申诉复核，有结果后再回访。"


def followed(project: Project, new: Rating, who: str, result: str) -> str:
    if new.state is RatingState.RECTIFY and new.rectify_by:
        return (
            f"{project.name}：{who}回访，项目单位仍不满意——{clipped(result, 200)}。"
            f"请在{day(new.rectify_by)}前再次整改，完成后发送“整改 {project.code} 措施”。"
        )
    return f"{project.name}：{who}已回访——{clipped(result, 200)}"


def followed_answer(new: Rating) -> str:
    if new.state is RatingState.RECTIFY and new.rectify_by:
        return f"回访已登记，项目单位仍不满意，已请服务专员在{day(new.rectify_by)}前再次整改。"
    return "回访已登记。"


def drawn(projects: Sequence[tuple[str, str]]) -> str:
    if not projects:
        return "近三个月没有可抽查回访的项目。"
    listed = [f"{n}. {name}（{code}）" for n, (name, code) in enumerate(projects[:20], 1)]
    return lines("**本月抽查回访**", *listed, f"回访后请发送“回访 {projects[0][1]} 结果”。")


def not_to_appeal(known: Rating) -> str:
    return {
        RatingState.APPEALED: "误评申诉已提交，等督办人员核实。",
        RatingState.REOPENED: "申诉已同意，请直接重新评价，例如：评价 5 很专业。",
    }.get(known.state, "这次评价已整改或已回访，不能再申诉。")


def appeal_to_supervisor(project: Project, new: Rating, who: str) -> str:
    return lines(
        f"**【误评申诉】**{project.name}（{new.name}）",
        f"{who or '评价人'}：{clipped(new.appeal, 200)}",
        f"核实后发送“同意改评 {project.code}”或“维持 {project.code}”。",
    )


def appealed_answer(names: str) -> str:
    return f"误评申诉已转{names}核实，结果会通知您。"


def no_appeal(project: Project) -> str:
    return f"{project.short_name}没有待核实的误评申诉。"


def decided(project: Project, new: Rating, *, grant: bool) -> str:
    if grant:
        return f"{project.name}：误评申诉经核实同意，请项目单位重新评价，例如：评价 {project.code} 5 意见。"
    until = f"整改期限仍为{day(new.rectify_by)}。" if new.rectify_by else ""
    return f"{project.name}：误评申诉经核实，维持原评价（{new.name}）。{until}"


def overdue(project: Project, known: Rating, officer: str) -> str:
    until = day(known.rectify_by) if known.rectify_by else ""
    return f"**【整改逾期】**{project.name}的评价（{known.name}）应在{until}前整改，服务专员{officer}尚未登记，请督办。"
