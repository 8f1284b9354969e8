"""The platform's error codes: what each means and what it asks for (90313; wecom-protocol.md §3.13)."""

from __future__ import annotations

from bot.platform import DeliveryFailed, Remedy

TOKEN_RAN_OUT = frozenset({40014, 42001})
TOO_BIG = 45001
MEDIA_GONE = 40007
ONLY_IN_PIECES = 830002
UNREADABLE_FILE = -40007  # the official library's number for a failed decryption; never sent on the wire
NOT_A_MEMBER = 60111

_RETRY = {
    -1: "平台繁忙",
    45009: "调用过于频繁",
    45033: "并发调用过多",
    429: "调用过于频繁",
}
_REFRESH = {
    40014: "访问令牌无效",
    42001: "访问令牌已过期",
}
_ALARM = {
    40001: "应用密钥错误或应用已停用",
    40013: "企业编号错误",
    41001: "缺少访问令牌",
    40056: "应用编号错误",
    301002: "访问令牌属于别的应用",
    50003: "应用已停用",
    48001: "接口未授权",
    48002: "应用没有此接口的权限",
    60020: "服务器地址不在企业可信 IP 中",
    50001: "网页域名不是可信域名",
    85005: "网页域名未完成归属验证",
    853000: "智能机器人编号或密钥错误",
    401: "服务器拒绝访问",
    403: "服务器拒绝访问",
    407: "代理服务器要求登录",
}
_GIVE_UP = {
    UNREADABLE_FILE: "文件无法解密",
    40003: "成员编号无效",
    NOT_A_MEMBER: "成员不存在",
    60021: "成员不在应用可见范围内",
    50002: "成员不在权限范围内",
    60011: "没有该成员、部门或标签的权限",
    81013: "所有接收人均无效",
    82001: "没有接收人",
    MEDIA_GONE: "文件编号无效或已过期",
    40004: "文件类型不支持",
    40005: "文件类型参数错误",
    44001: "文件为空",
    TOO_BIG: "文件过大",
    45007: "语音过长",
    ONLY_IN_PIECES: "文件须分段下载",
    40008: "消息类型不支持",
    40016: "菜单按钮数量错误",
    40058: "参数错误或超长",
    40063: "缺少参数",
    44004: "消息内容为空",
    41016: "图文消息缺少标题",
    45002: "消息内容过长",
    45008: "图文条数过多",
    40029: "登录凭证无效或已使用",
    42003: "登录凭证已过期",
    84014: "成员票据已过期",
    40050: "群聊不存在",
    86001: "群聊编号错误",
    86003: "群聊不存在",
    86004: "群名称错误",
    86005: "群主错误",
    86006: "群成员数量错误",
    86007: "群成员错误",
    86216: "群成员编号错误",
    86207: "群主不在群成员中",
    86215: "群聊编号已存在",
    86008: "不是本应用创建的群聊",
    86217: "发送人不在群聊中",
    86220: "会话参数错误",
    86222: "互联群须有下级单位成员",
    86224: "不是受限群聊",
    90501: "不是客户群",
    93000: "群机器人地址无效或已被移出群聊",
    93004: "机器人已停用",
    93008: "机器人不在群聊中",
    400: "服务器不接受请求",
    404: "平台没有此接口或文件",
}
_TABLE = {
    code: (meaning, remedy)
    for remedy, meanings in (
        (Remedy.RETRY, _RETRY),
        (Remedy.REFRESH, _REFRESH),
        (Remedy.ALARM, _ALARM),
        (Remedy.GIVE_UP, _GIVE_UP),
    )
    for code, meaning in meanings.items()
}


def failure(code: int) -> DeliveryFailed:
    """For an errcode, or for an HTTP status (three digits; errcodes have none of three)."""
    meaning, remedy = _TABLE.get(code, ("未列入文档的错误", Remedy.GIVE_UP))
    return DeliveryFailed(code, meaning, remedy)
