"""What pages say around what the moves say."""

from __future__ import annotations

from datetime import datetime, tzinfo

from bot.texts.phrases import moment

TOO_OFTEN = "操作太频繁，请过一分钟再试。已填写的内容还在本页，返回即可继续。"
NOT_REGISTERED = "您还没有在本系统登记，或登记已停用，不能查看。请联系项目的服务专员登记。"
NOT_REACHABLE = "系统暂时连不上数据库，页面没有打开。请过一分钟刷新再试。"
NOT_SHOWN = "系统出错，页面没有打开，已记录供管理员查看。可以在与我的单聊里用文字查询和办理。"
NOT_KEPT = "系统暂时没有存下这次操作，内容没有提交。已填写的内容还在，请过一分钟再点一次。"
DEFECT = "系统出错，这次操作没有生效，已记录供管理员查看。已填写的内容还在，也可以在与我的单聊里用文字办理。"
MEANWHILE = "就在刚才有人办理了同一件事，下面是最新情况，请核对后再提交。"
FORM_TOO_OLD = (
    "页面已失效（换了人登录或打开太久），这次没有提交。下面是最新情况，已填写的内容还在，请核对后再点一次。"
)
TOO_LARGE = "文件合计超过20 MB，没有提交。请分开提交，或压缩后再传。"
LOGIN_FAILED = "没有取得您的企业微信身份，页面没有打开。请返回聊天重新点一次。"
OUTSIDE = "请在企业微信里打开本页。在电脑浏览器里打开的，请在与代办助手的单聊里发送“网页登录”，按回复的链接和验证码登录。"
WRONG_CODE = "登录链接或验证码不对，或者已过期、已用过。请在与代办助手的单聊里重新发送“网页登录”。"
ONLY_ONE_PAGE = "这个登录只能查看指定的页面。要看其他内容，请在企业微信里打开，或重新发送“网页登录”。"
NO_SUCH_PAGE = "没有这个页面。请从企业微信的卡片或“我的待办”进入。"


def link(url: str, code: str, until: datetime, zone: tzinfo, about: str) -> str:
    """The code is not in the link: the link alone shows nothing."""
    return (
        f"在电脑或手机浏览器打开：{url}\n验证码：{code}\n"
        f"{about}，{moment(until, zone)}前有效，只能用一次，请勿转发。"
    )


NO_PAGES = "本系统没有开通网页，请直接用文字办理，发送“帮助”查看怎么说。"
NOT_IN_GROUP = "登录链接只发给本人，请到与我的单聊里发送“网页登录”。"
