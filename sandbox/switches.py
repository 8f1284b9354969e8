"""What nobody could confirm about the platform: one switch each. Off is the good side, on the bad one."""

from __future__ import annotations

SWITCHES: dict[str, str] = {
    "card_in_group_hidden": "群里的卡片不显示：机器人在群内被动回复的模板卡片，客户端看不到也点不了",
    "no_file_name": "没有文件名：机器人收到的文件下载时不带文件名",
    "no_mention_markup": "不认识 <@userid>：群里的提醒写法原样显示，不会变成@姓名",
    "response_code_24h": "卡片更新凭据只有 24 小时有效（新版为 72 小时）",
    "no_quote_file_in_group": "群里引用文件不带文件：@机器人并引用文件时，回调里没有 quote",
    "chat_ids_equal": "两个群编号相同：机器人回调里的 chatid 就是应用建群的 chatid",
    "dirty_chat_id": "群编号不干净：机器人回调里的 chatid 带控制字符",
    "no_appchat_right": "应用没有建群和群发权限：appchat 接口一律 48002",
    "old_userinfo_only": "只有旧的登录接口：auth/getuserinfo 返回 48001，user/getuserinfo 可用",
    "app_plain_only": "私有化版本：只有获取令牌、文本消息、登录和回调，卡片、markdown、群、素材、菜单都没有",
    "missing_msgid": "回调不带消息编号：机器人没有 msgid，应用没有 MsgId",
    "event_repeated": "事件会重复推送：同一事件再推一次",
    "small_images": "图片上限 2 MB（新版为 10 MB）",
}


class Switches:
    def __init__(self) -> None:
        self._on: set[str] = set()

    def __getitem__(self, name: str) -> bool:
        if name not in SWITCHES:
            raise KeyError(name)
        return name in self._on

    def turn(self, name: str, *, on: bool) -> None:
        if name not in SWITCHES:
            raise KeyError(name)
        (self._on.add if on else self._on.discard)(name)

    def listed(self) -> list[dict[str, object]]:
        return [{"name": name, "on": name in self._on, "explain": words} for name, words in SWITCHES.items()]
