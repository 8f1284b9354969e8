"""message/send, update_template_card, recall: the app speaks to persons."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from sandbox.api.call import OK, Call
from sandbox.cards import INTERACTIVE, check_card
from sandbox.content import app_card_rules, read_content
from sandbox.limits import APP_PER_MEMBER, DAY, DUPLICATE_INTERVAL, RECALL_LIFE, RULES, Refused
from sandbox.messages import APP, EVERYBODY, Face, Message, app_thread
from sandbox.world import World

Json = dict[str, Any]


@dataclass
class Receivers:
    users: list[str]
    invalid: Json
    unlicensed: list[str]


def send(world: World, call: Call) -> Json:
    check_agent(world, call)
    _check_flags(call.body)
    before = _sent_before(world, call.body)
    if before:
        call.effect = "duplicate"
        return before
    receivers = _receivers(world, call)
    content = read_content(world, call.body, group=False)
    people = len(receivers.users)
    per_day = world.tenant.account_limit * RULES["app_per_day"].most
    if not world.rates.allow("app", ((DAY, per_day),), world.now(), times=people):
        raise Refused("app_per_day")
    reached = [user for user in receivers.users if _has_room(world, user)]
    message = world.post(APP, content.kind, content.body, [app_thread(user) for user in reached])
    unlicensed = "|".join(receivers.unlicensed)
    answer = {**OK, **receivers.invalid, "unlicenseduser": unlicensed, "msgid": message.id}
    if content.kind == "card":
        answer |= _note_card(world, message)
    _tell(call, content.warnings, sorted(set(receivers.users) - set(reached)), reached)
    _remember(world, call.body, answer)
    return answer


def check_agent(world: World, call: Call) -> None:
    if call.body.get("agentid") != world.settings.agent_id:
        raise Refused("agent_id")


def _check_flags(body: Json) -> None:
    safe = (0, 1, 2) if body.get("msgtype") == "mpnews" else (0, 1)
    if body.get("safe", 0) not in safe:
        raise Refused("safe")
    if any(body.get(name, 0) not in (0, 1) for name in ("enable_id_trans", "enable_duplicate_check")):
        raise Refused("parameter", "enable_*")
    interval = body.get("duplicate_check_interval", DUPLICATE_INTERVAL)
    if not isinstance(interval, int) or not 0 < interval <= RULES["duplicate_interval"].most:
        raise Refused("duplicate_interval")


def _fingerprint(body: Json) -> str:
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()


def _sent_before(world: World, body: Json) -> Json | None:
    """The answer given when the same words went to the same persons within the interval."""
    if not body.get("enable_duplicate_check"):
        return None
    at, answer = world.sent_before.get(_fingerprint(body), (0.0, {}))
    interval = body.get("duplicate_check_interval", DUPLICATE_INTERVAL)
    return answer if answer and 0 <= world.now() - at < interval else None


def _remember(world: World, body: Json, answer: Json) -> None:
    if body.get("enable_duplicate_check"):
        world.sent_before[_fingerprint(body)] = (world.now(), answer)


def _receivers(world: World, call: Call) -> Receivers:
    users, parties, tags = (_split(call, name) for name in ("touser", "toparty", "totag"))
    if not (users or parties or tags):
        raise Refused("nobody")
    for found, rule in ((users, "receivers"), (parties, "parties"), (tags, "tags")):
        if len(found) > RULES[rule].most:
            raise Refused(rule)
    if users == ["@all"]:
        users = list(world.tenant.users)
    known_parties = {str(department.id) for department in world.tenant.departments}
    wanted = [user.lower() for user in users]
    for party in known_parties & set(parties):
        wanted += world.tenant.in_department(int(party))
    known = [user for user in dict.fromkeys(wanted) if user in world.tenant.users]
    if not known:
        raise Refused("all_invalid")
    licensed = [user for user in known if world.tenant.users[user].licensed]
    return Receivers(
        users=[world.tenant.users[user].userid for user in licensed],
        invalid={
            "invaliduser": "|".join(user for user in dict.fromkeys(wanted) if user not in world.tenant.users),
            "invalidparty": "|".join(party for party in parties if party not in known_parties),
            "invalidtag": "|".join(tags),
        },
        unlicensed=[user for user in known if user not in licensed],
    )


def _split(call: Call, name: str) -> list[str]:
    return [one for one in call.text(name).split("|") if one]


def _has_room(world: World, userid: str) -> bool:
    return world.rates.allow(f"app/{userid}", APP_PER_MEMBER, world.now())


def _note_card(world: World, message: Message) -> Json:
    card = message.body["card"]
    if card.get("task_id"):
        world.tasks["app"].add(card["task_id"])
    if not updatable(card):
        return {}
    return {"response_code": world.codes.response(message.id, world.now())}


def updatable(card: Json) -> bool:
    return card.get("card_type") in INTERACTIVE or bool(card.get("action_menu"))


def _tell(call: Call, warnings: list[str], dropped: list[str], reached: list[str]) -> None:
    call.effect = "delivered" if reached else "dropped"
    if warnings:
        call.detail["warnings"] = warnings
    if dropped:
        call.detail["dropped"] = dropped


def update_card(world: World, call: Call) -> Json:
    check_agent(world, call)
    wanted = _who(world, call)
    card, final_text = _new_look(world, call)
    code = call.text("response_code")
    message_id = world.codes.message_of_response(code, world.now(), world.response_code_life())
    message = world.feed.get(message_id)
    if message is None:
        raise Refused("response_code")
    seeing = [user.userid for user in world.tenant.users.values() if world.sees(user.userid, message)]
    changing = [*seeing, EVERYBODY] if wanted is None else [u for u in seeing if u.lower() in wanted]
    for userid in changing:
        shown = message.face(userid) or message.faces[EVERYBODY]
        message.faces[userid] = Face(card or shown.card, final_text)
    world.codes.spend_response(code)
    world.feed.changed(message)
    call.effect = "delivered"
    reached = {userid.lower() for userid in seeing}
    return {**OK, "invaliduser": [user for user in wanted or () if user not in reached]}


def _who(world: World, call: Call) -> list[str] | None:
    """Lower-cased user ids; None is everybody who sees the message."""
    if call.body.get("atall") == 1:
        return None
    users = [user.lower() for user in call.texts("userids")]
    parties = {str(party) for party in call.body.get("partyids") or []}
    for department in world.tenant.departments:
        if str(department.id) in parties:
            users += [user.lower() for user in world.tenant.in_department(department.id)]
    if not 0 < len(users) <= RULES["update_receivers"].most:
        raise Refused("update_receivers")
    return users


def _new_look(world: World, call: Call) -> tuple[Json | None, str | None]:
    """The new card, or None and the final text of the old one's buttons."""
    button, card = call.body.get("button"), call.body.get("template_card")
    if isinstance(card, dict):
        call.detail["warnings"] = check_card(card, app_card_rules(world, new=False))
        return card, card.get("replace_text")
    if not isinstance(button, dict) or not button.get("replace_name"):
        raise Refused("update_face")
    return None, str(button["replace_name"])


def recall(world: World, call: Call) -> Json:
    message = world.feed.get(call.text("msgid"))
    if message is None or message.sender != APP or not message.single:
        raise Refused("recall_foreign")
    if world.now() - message.at >= RECALL_LIFE:
        raise Refused("recall_late")
    message.recalled = True
    world.feed.changed(message)
    call.effect = "delivered"
    return OK
