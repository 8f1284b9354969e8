"""Every path of the platform's API, in one table."""

from __future__ import annotations

from sandbox.api import bot, directory, groups, media, sending
from sandbox.api.call import Endpoint

API: dict[str, Endpoint] = {
    "gettoken": Endpoint("GET", directory.get_token, token=False),
    "getcallbackip": Endpoint("GET", directory.callback_ips),
    "message/send": Endpoint("POST", sending.send),
    "message/update_template_card": Endpoint("POST", sending.update_card, plain=False),
    "message/recall": Endpoint("POST", sending.recall),
    "appchat/create": Endpoint("POST", groups.create, plain=False),
    "appchat/update": Endpoint("POST", groups.update, plain=False),
    "appchat/get": Endpoint("GET", groups.get, plain=False),
    "appchat/send": Endpoint("POST", groups.send, plain=False),
    "webhook/send": Endpoint("POST", groups.webhook, token=False),
    "media/upload": Endpoint("POST", media.upload, plain=False),
    "media/get": Endpoint("GET", media.get, plain=False),
    "user/get": Endpoint("GET", directory.get_user),
    "user/getuserinfo": Endpoint("GET", directory.old_userinfo),
    "auth/getuserinfo": Endpoint("GET", directory.userinfo),
    "department/list": Endpoint("GET", directory.departments),
    "menu/create": Endpoint("POST", directory.create_menu, plain=False),
    "menu/get": Endpoint("GET", directory.get_menu, plain=False),
    "menu/delete": Endpoint("GET", directory.delete_menu, plain=False),
    "aibot/response": Endpoint("POST", bot.respond, token=False),
}
