"""Steps every test of an application begins with: somebody new with a code, a form filled in, a case accepted."""

from __future__ import annotations

import re

from tests.talk import OFFICER, OUTSIDER, Talk

PHONE = "13812345678"
FORM = (
    "项目名称：云溪精密零件厂房\n项目类型：社会投资工业类\n立项类型：备案\n立项部门：云溪县发展和改革局\n资金来源：自筹资金\n"
    "总投资：3600\n土地来源：出让\n用地面积：9800\n总建筑面积：7600㎡\n建设性质：新建\n工程分类：房屋建筑\n行业类别：机械加工\n"
    "建设规模及内容：厂房2栋\n行政区划：云溪县\n详细地址：云溪县工业园区三路5号\n重点项目级别：非重点\n"
    "拟开工时间：2027年3月1日\n拟建成时间：2028-06-30\n项目当前进度：已备案\n"
    "单位名称：云溪精密零件有限公司\n统一社会信用代码：{credit}\n单位地址：云溪县工业园区三路5号\n单位性质：民营\n"
    "项目负责人姓名：孙强\n项目负责人职务：经理\n项目负责人电话：13900001111\n项目经办人职务：主管\n服务范围：全流程"
)
CREDIT = "91440299MA5YX0040T"


def code(said: str) -> str:
    found = re.search(r"登记码：\D*(\d{8})", said)
    assert found, said
    return found[1]


def invited(talk: Talk, user: str = OUTSIDER, what: str = "新项目", name: str = "孙亮") -> str:
    """A code given by the officer and redeemed. What the newcomer hears."""
    given = code(talk.says(OFFICER, f"发码 {what}", "app"))
    return talk.says(user, f"登记 {given} {name} {PHONE}", "app")


def form(**other: str) -> str:
    """The whole form as pasted, with other answers for some labels; "" leaves a line out."""
    text = FORM.format(credit=CREDIT)
    for label, value in other.items():
        line = f"{label}：{value}" if value else ""
        text, replaced = re.subn(rf"^{label}：.*$", line, text, flags=re.M)
        text = text if replaced else f"{text}\n{line}"
    return text


def applied(talk: Talk, user: str = OUTSIDER, level: str = "代办", **other: str) -> str:
    """A new project's application handed in. Its number."""
    invited(talk, user)
    talk.says(user, f"申请{level} 新项目", "app")
    talk.says(user, form(**other), "app")
    talk.says(user, "同意", "app")
    return number(talk.says(user, "提交", "app"))


def number(said: str) -> str:
    found = re.search(r"YX-SQ-2026-\d{4}", said)
    assert found, said
    return found[0]


def accepted(talk: Talk, user: str = OUTSIDER, level: str = "代办", **other: str) -> str:
    no = applied(talk, user, level, **other)
    assert "已受理" in talk.says(OFFICER, f"受理 {no}", "app")
    return no
