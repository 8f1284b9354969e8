"""What is said about results handed over, posted and received. An address is never said in a group."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from bot.texts.phrases import day, lines
from domain.deliveries import Delivery, Thing
from domain.project import Project
from domain.site import Site

_NUMBER = re.compile(r"字第|〔\d{4}〕|\[\d{4}\]|\d{6,}号")


def looks_like_a_number(name: str) -> bool:
    return _NUMBER.search(name) is not None


def named(thing: Thing) -> str:
    return f"{thing.name}（{thing.number}）" if thing.number else thing.name


def counted(things: Sequence[Thing], most: int = 10) -> str:
    """A message holds so many; the paper has them all."""
    tail = f"等{len(things)}项" if len(things) > most else ""
    return "、".join(f"{named(one)}{_counts(one)}" for one in things[:most]) + tail


def _counts(one: Thing) -> str:
    parts = [f"原件{one.originals}" if one.originals else "", f"复印件{one.copies}" if one.copies else ""]
    return " ".join(part for part in parts if part)


def _few(things: Sequence[Thing], most: int = 6) -> str:
    tail = f"等{len(things)}项" if len(things) > most else ""
    return "、".join(named(one) for one in things[:most]) + tail


def unknown_number(name: str, known: Sequence[Thing]) -> str:
    return f"本项目没有文号为“{name}”的结果，请核对。已出的结果：{_few(known)}。"


def what_to_deliver(project: Project, left: Sequence[Thing]) -> str:
    if not left:
        return "已出的结果都已移交。"
    return lines(
        f"还没有移交的结果{len(left)}项：{_few(left)}。",
        f"当面：发送“当面移交 {project.code} 文号或事项 原件1 复印件2”，全部各一份原件发送“当面移交 {project.code} 全部”。",
        f"邮寄：发送“邮寄 {project.code} 顺丰 单号”，一次寄出全部（邮费由政府支付）。",
    )


def slip_is_out(no: str, code: str) -> str:
    return f"办结单（{no}）正在签署，不能再补充移交。确需补充的，请代表人先发送“退回办结 {code} 原因”。"


def handed_over(project: Project, things: Sequence[Thing], officer: str) -> str:
    return lines(
        f"**【结果移交】**{project.name}",
        f"服务专员{officer}已当面移交：{counted(things)}。",
        f"核对无误请回复“签收 {project.code}”，也可在办结单上一并签字确认；份数不对请联系服务专员。",
    )


def posted_to_enterprise(project: Project, things: Sequence[Thing], courier: str, number: str) -> str:
    return lines(
        f"**【结果邮寄】**{project.name}",
        f"已寄出：{counted(things)}。",
        f"{courier}，单号{number}，邮费由政府支付。收到后请回复“签收 {project.code}”。",
    )


def posted(things: Sequence[Thing], courier: str, number: str, form: str) -> str:
    return f"已登记邮寄：{_few(things)}，{courier}{number}，邮寄记录{form}。已告知项目单位，等签收。"


def posted_to_office(project: Project, who: str, courier: str, number: str) -> str:
    return f"{project.name}：{who}已寄出材料，{courier}{number}。收到后发送“收件 {project.code}”。"


def mailing_in(form: str, officer: str) -> str:
    return f"已登记（邮寄记录{form}），已告知服务专员{officer}，收到后回复您。"


def how_to_mail(site: Site, officer: str, code: str) -> str:
    hall = site.hall
    return lines(
        "材料和证照都可以免费邮寄，邮费由政府支付。",
        f"寄材料：寄到{hall.address}，{hall.name}，收件人{officer}，电话{hall.phone}；寄出后发送“邮寄材料 顺丰 单号”。",
        f"要寄证照：在与我的单聊里发送“{code} 证照帮我寄过来”，收件地址不要发在群里。",
    )


def not_in_the_group() -> str:
    return "可以免费邮寄（邮费由政府支付）。收件地址请不要发在群里，请在与我的单聊里发送“证照帮我寄过来”。"


def ask_address(address: str, who: str) -> str:
    kept = f"登记地址：{address}，收件人{who}。" if address else ""
    first = "1. 寄到登记地址\n2. 换一个地址\n3. 取消" if address else ""
    if not address:
        return f"请直接回复收件地址，收件人为{who}，电话用登记的号码。发送“取消”可放弃。"
    return f"证照免费邮寄（邮费由政府支付）。{kept}\n请回复数字：\n{first}"


def wish_noted(form: str, officer: str, left: Sequence[Thing]) -> str:
    what = f"可寄出的结果：{_few(left)}。" if left else "目前没有待寄的结果，结果出具后一并寄出。"
    return f"已记入邮寄记录{form}，由服务专员{officer}寄出并告知单号。{what}"


def wish_to_officer(project: Project, who: str, form: str) -> str:
    return f"{project.name}：{who}申请邮寄证照，收件信息见邮寄记录{form}。寄出后发送“邮寄 {project.code} 顺丰 单号”。"


def nothing_under_way(code: str, *, inbound: bool) -> str:
    if inbound:
        return "没有在途的项目单位邮件。"
    return f"没有等签收的移交或邮寄。发送“{code} 进度”可查看办理情况。"


def received(found: Sequence[Delivery], by: str, on: date) -> str:
    things = [thing for one in found for thing in one.things]
    return f"已签收：{_few(things)}。签收人{by}，{day(on)}。"


def arrived(found: Sequence[Delivery], on: date) -> str:
    things = [thing for one in found for thing in one.things]
    return f"已收到项目单位邮寄的材料：{_few(things)}，{day(on)}。"


def arrived_to_enterprise(found: Sequence[Delivery], by: str, on: date) -> str:
    things = [thing for one in found for thing in one.things]
    return f"您邮寄的材料（{_few(things)}）服务专员{by}已收到，{day(on)}。"


def received_to_officer(project: Project, found: Sequence[Delivery], by: str, on: date) -> str:
    return f"{project.name}：{received(found, by, on)}"


def limit_near(project: Project, things: Sequence[tuple[Thing, date]], basis: str) -> str:
    listed = [f"{named(thing)}，{day(on)}前送达" for thing, on in things[:8]]
    why = f"（{basis}）" if basis else ""
    return lines(
        f"**【送达提醒】**{project.name}有{len(things)}项结果尚未送达{why}：",
        *listed,
        f"当面移交或邮寄后请登记：当面移交 {project.code} 全部 / 邮寄 {project.code} 顺丰 单号。",
    )
