from __future__ import annotations

import email.parser
import email.policy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platform import AnswerLost, DeliveryFailed, Remedy, RemoteFile, SendFile, Unreachable
from bot.wecom.crypto import StrictPrpCrypto
from bot.wecom.media import name_in, safe_name
from bot.wecom.tenant import WeComTenant
from tests.wire.conftest import settings_for
from tests.wire.standin import Reply, StandIn, says
from tests.wire.test_crypto import KEY

PDF = b"%PDF-1.4 " + "施工图".encode() * 100
MEBI = 2**20


def locked(data: bytes) -> bytes:
    pad = 32 - len(data) % 32
    return StrictPrpCrypto(KEY, lambda: b"").cipher.encrypt(data + bytes((pad,)) * pad)


def attachment(disposition: str, body: bytes, status: int = 200) -> Reply:
    return Reply(
        body, status, (("Content-Disposition", disposition), ("Content-Type", "application/octet-stream"))
    )


def from_bot(tenant: WeComTenant, platform: StandIn, most: int = MEBI):
    return tenant.download(RemoteFile("file", url=f"{platform.base}/cgi-bin/f?sign=s"), most=most)


def from_app(tenant: WeComTenant, media_id: str = "M1", most: int = MEBI):
    return tenant.download(RemoteFile("image", media_id=media_id), most=most)


def refused(call) -> DeliveryFailed:
    with pytest.raises(DeliveryFailed) as refusal:
        call()
    return refusal.value


# ---------------------------------------------------------------- the bot's files


def test_a_bots_file_is_fetched_without_token_decrypted_and_named(tenant, platform):
    disposition = "attachment; filename=\"x.pdf\"; filename*=UTF-8''%E6%96%BD%E5%B7%A5%E5%9B%BE.pdf"
    platform.will("f", attachment(disposition, locked(PDF)))
    got = from_bot(tenant, platform)
    assert (got.name, got.data) == ("施工图.pdf", PDF)
    assert "access_token" not in platform.asked("f")[0].query


def test_a_file_of_exactly_the_most_allowed_passes_and_one_more_does_not(tenant, platform):
    for size, passes in ((1000, True), (1001, False)):
        platform.will("f", attachment("", locked(b"x" * size)))
        if passes:
            assert len(from_bot(tenant, platform, most=1000).data) == size
        else:
            assert refused(lambda: from_bot(tenant, platform, most=1000)).code == 45001


def test_a_body_far_too_long_is_refused_before_it_is_read(tenant, platform):
    platform.will("f", attachment("", b"x" * 4 * MEBI))
    assert refused(lambda: from_bot(tenant, platform, most=1000)).code == 45001


@pytest.mark.parametrize("body", [b"", b"short", b"x" * 64, locked(PDF)[:-32], locked(PDF)[:-1]])
def test_a_file_that_cannot_be_decrypted_is_given_up(tenant, platform, body):
    platform.will("f", attachment("", body))
    refusal = refused(lambda: from_bot(tenant, platform))
    assert (refusal.code, refusal.remedy) == (-40007, Remedy.GIVE_UP)


@pytest.mark.parametrize("status", [400, 403, 404, 410])
def test_an_address_older_than_five_minutes_is_given_up(tenant, platform, status):
    platform.will("f", Reply(status=status, body=b"expired"))
    assert refused(lambda: from_bot(tenant, platform)).code == 40007


@pytest.mark.parametrize("reply", [Reply(status=503), Reply(cut=True), Reply(cut_body=True, body=b"x" * 32)])
def test_a_download_that_breaks_off_is_lost(tenant, platform, reply):
    platform.will("f", reply)
    with pytest.raises(AnswerLost):
        from_bot(tenant, platform)


# ---------------------------------------------------------------- the app's files


def test_an_apps_file_comes_with_its_name(tenant, platform):
    platform.will("media/get", attachment('attachment; filename="现场.jpg"'.encode().decode("latin-1"), PDF))
    got = from_app(tenant)
    assert (got.name, got.data) == ("现场.jpg", PDF)


def test_a_json_file_is_a_file_and_a_json_error_is_an_error(tenant, platform):
    disposition = (
        ("Content-Disposition", 'attachment; filename="a.json"'),
        ("Content-Type", "application/json"),
    )
    platform.will("media/get", Reply(b'{"errcode":1}', headers=disposition), says(errcode=40007))
    assert from_app(tenant).data == b'{"errcode":1}'
    assert refused(lambda: from_app(tenant)).code == 40007


def test_a_refused_token_is_renewed_for_a_download_too(tenant, platform):
    platform.will("media/get", says(errcode=42001), attachment("", PDF))
    assert from_app(tenant).data == PDF
    assert platform.tokens == 2


def test_a_file_of_more_than_20_mebibytes_is_fetched_in_pieces(tenant, platform):
    whole = bytes(range(256)) * 4096 * 45  # 45 MiB
    platform.pieces["BIG"] = whole
    got = from_app(tenant, "BIG", most=50 * MEBI)
    assert got.data == whole
    assert got.name == "big.bin"
    assert len(platform.asked("media/get")) == 4
    assert refused(lambda: from_app(tenant, "BIG", most=30 * MEBI)).code == 45001


def test_a_piece_that_is_refused_ends_the_download(tenant, platform):
    platform.will("media/get", says(errcode=830002), says(errcode=45033))
    assert refused(lambda: from_app(tenant)).remedy is Remedy.RETRY


# ---------------------------------------------------------------- up


def upload(name: str = "周报.png", data: bytes = PDF, kind: str = "image") -> SendFile:
    return SendFile(name, data, kind)


def test_a_chinese_file_name_arrives_as_the_standard_has_it(tenant, platform):
    platform.will("media/upload", says(media_id="MEDIA"))
    tenant.send_to_person("chen.jing", upload("曲江 “专窗”\r\n周报.pdf", kind="file"))
    (call,) = platform.asked("media/upload")
    assert call.query["type"] == "file"
    head = f"Content-Type: {call.headers['Content-Type']}\r\n\r\n".encode()
    form = email.parser.BytesParser(policy=email.policy.HTTP).parsebytes(head + call.body)
    (part,) = form.iter_parts()
    raw = call.body.split(b"\r\n\r\n")[0].decode()
    assert 'name="media"; filename="曲江 “专窗”周报.pdf"' in raw
    assert part.get_payload(decode=True) == PDF
    (sent,) = platform.asked("message/send")
    assert sent.json["file"] == {"media_id": "MEDIA"}


def test_the_same_file_is_uploaded_once_so_that_a_repeated_send_is_the_same_message(
    platform, transport, redis
):
    platform.will("media/upload", says(media_id="M1"), says(media_id="M2"))
    first = WeComTenant(settings_for(platform.base), redis, transport=transport)
    second = WeComTenant(settings_for(platform.base), redis, transport=transport)  # another process
    for tenant in (first, first, second):
        tenant.send_to_group("prj31", upload())
    second.send_to_group("prj31", upload(data=PDF + b"!"))
    used = [call.json["image"]["media_id"] for call in platform.asked("appchat/send")]
    assert used == ["M1", "M1", "M1", "M2"]


def test_a_remembered_upload_that_has_gone_is_uploaded_again(tenant, platform):
    platform.will("media/upload", says(media_id="OLD"), says(media_id="NEW"))
    platform.will("message/send", says(), says(errcode=40007), says())
    for _ in range(2):
        tenant.send_to_person("chen.jing", upload())
    assert [call.json["image"]["media_id"] for call in platform.asked("message/send")] == [
        "OLD",
        "OLD",
        "NEW",
    ]


@pytest.mark.parametrize(("size", "kind", "code"), [(0, "file", 44001), (20 * MEBI + 1, "file", 45001)])
def test_files_the_platform_would_refuse_are_not_uploaded(tenant, platform, size, kind, code):
    assert refused(lambda: tenant.send_to_person("u", SendFile("a", b"x" * size, kind))).code == code
    assert platform.asked("media/upload") == []


@pytest.mark.parametrize("reply", [Reply(cut=True), Reply(status=500), says()])
def test_a_lost_upload_leaves_the_send_safe_to_repeat(tenant, platform, reply):
    platform.will("media/upload", reply)
    with pytest.raises(Unreachable):
        tenant.send_to_group("prj31", upload())
    assert platform.asked("appchat/send") == []


# ---------------------------------------------------------------- names


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ('attachment; filename="a.pdf"', "a.pdf"),
        ("attachment; filename=a.pdf", "a.pdf"),
        ("attachment; filename*=utf-8''%E5%9B%BE.pdf", "图.pdf"),
        ('attachment; filename="%E5%9B%BE.pdf"', "图.pdf"),
        ('attachment; filename="../../etc/passwd"', "passwd"),
        ('attachment; filename="C:\\\\temp\\\\a.pdf"', "a.pdf"),
        ('attachment; filename=""', None),
        ("attachment", None),
        ("", None),
    ],
)
def test_file_names_of_headers(header, name):
    assert name_in({"Content-Disposition": header}) == name


@given(st.text(max_size=300))
def test_no_header_crashes_the_reader_of_names(text):
    for header in (text, f'attachment; filename="{text}"', f"attachment; filename*=UTF-8''{text}"):
        name = name_in({"Content-Disposition": header})
        assert name is None or (0 < len(name) <= 200 and "/" not in name.replace("%2F", ""))
    assert "/" not in safe_name(text)
