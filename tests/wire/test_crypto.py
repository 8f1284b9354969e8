from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wechatpy.enterprise.crypto import WeChatCrypto

from bot.platform import BadCallback
from bot.wecom.bot_messages import bot_message
from bot.wecom.crypto import CallbackCrypto, StrictPrpCrypto, unpad
from bot.wecom.words import cleaner
from tests.wire.conftest import AES_KEY

VECTORS = json.loads((Path(__file__).parent / "vectors.json").read_text())
KEY = base64.b64decode(AES_KEY + "=")
STAMP, NONCE = "1760000000", "n1"


def crypto_of(vector: dict) -> CallbackCrypto:
    random16 = bytes.fromhex(vector["random16_hex"])
    return CallbackCrypto(
        vector["token"], vector["encoding_aes_key"], vector["receiveid"], random16=lambda: random16
    )


def opened(crypto: CallbackCrypto, encrypt: str) -> bytes:
    return crypto.decrypt_message(encrypt, crypto.sign(STAMP, NONCE, encrypt), STAMP, NONCE)


def encrypted(padded: bytes) -> str:
    return base64.b64encode(StrictPrpCrypto(KEY, lambda: b"").cipher.encrypt(padded)).decode()


def framed(message: bytes, receive_id: bytes = b"", length: int | None = None) -> bytes:
    size = len(message) if length is None else length
    plain = b"0123456789abcdef" + size.to_bytes(4, "big") + message + receive_id
    pad = 32 - len(plain) % 32
    return plain + bytes((pad,)) * pad


@pytest.fixture
def crypto() -> CallbackCrypto:
    return CallbackCrypto("bot-token", AES_KEY, "")


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["id"])
def test_every_published_vector_opens(vector):
    stamp, nonce = vector["timestamp"], vector["nonce"]
    plain = crypto_of(vector).decrypt_message(vector["encrypt"], vector["msg_signature"], stamp, nonce)
    assert plain.decode() == vector["plaintext"]


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["id"])
def test_every_published_vector_comes_out_the_same_when_sealed_with_its_random_bytes(vector):
    sealed = crypto_of(vector).encrypt_message(vector["plaintext"], vector["nonce"], vector["timestamp"])
    assert (sealed.encrypt, sealed.signature) == (vector["encrypt"], vector["msg_signature"])


def test_the_official_sample_that_is_no_json_opens_but_is_no_message():
    (vector,) = (each for each in VECTORS if each["id"] == "official-json")
    with pytest.raises(BadCallback, match=r"^json$"):
        bot_message(vector["plaintext"].encode(), cleaner("代办助手"))


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=300), st.sampled_from(["", "ww00corp"]))
def test_wechatpy_and_we_read_each_other(text, receive_id):
    ours, theirs = CallbackCrypto("t", AES_KEY, receive_id), WeChatCrypto("t", AES_KEY, receive_id)
    sealed = ours.encrypt_message(text, NONCE, int(STAMP))
    assert theirs.decrypt_message({"Encrypt": sealed.encrypt}, sealed.signature, STAMP, NONCE) == text
    assert theirs.check_signature(sealed.signature, STAMP, NONCE, sealed.encrypt) == text
    their_xml = theirs.encrypt_message(text, NONCE, STAMP)
    encrypt = their_xml.split("<Encrypt><![CDATA[")[1].split("]]>")[0]
    assert opened(ours, encrypt).decode() == text


@given(st.binary(max_size=200))
def test_what_was_sealed_opens_at_every_length_of_padding(raw):
    text = raw.hex()
    crypto = CallbackCrypto("t", AES_KEY, "ww00corp")
    assert opened(crypto, crypto.encrypt_message(text, NONCE, int(STAMP)).encrypt) == text.encode()


@given(st.binary(min_size=1, max_size=400))
def test_random_bytes_are_refused_and_never_crash(raw):
    crypto = CallbackCrypto("t", AES_KEY, "ww00corp")
    with pytest.raises(BadCallback):
        opened(crypto, base64.b64encode(raw).decode())


@given(st.integers(0, 10**6), st.integers(0, 7))
def test_one_changed_bit_is_refused_by_the_signature(place, bit):
    crypto = CallbackCrypto("t", AES_KEY, "ww00corp")
    sealed = crypto.encrypt_message("办理进度", NONCE, int(STAMP))
    raw = bytearray(base64.b64decode(sealed.encrypt))
    raw[place % len(raw)] ^= 1 << bit
    with pytest.raises(BadCallback, match=r"^signature$"):
        crypto.decrypt_message(base64.b64encode(raw).decode(), sealed.signature, STAMP, NONCE)


@pytest.mark.parametrize("pad", range(1, 33))
def test_pads_from_1_to_32_are_legal(pad):
    assert unpad(b"x" * 32 + bytes((pad,)) * pad) == b"x" * 32


@pytest.mark.parametrize(
    "tail", [b"\x00", b"\x21" * 33, b"\xff", b"\x01\x02", b"\x03\x02\x03"], ids=["0", "33", "255", "2", "3"]
)
def test_pads_out_of_range_or_unequal_are_refused(crypto, tail):
    padded = framed(b"{}")[: 64 - len(tail)].ljust(64 - len(tail), b"x") + tail
    with pytest.raises(BadCallback, match=r"^padding$"):
        opened(crypto, encrypted(padded))


@pytest.mark.parametrize("length", [3, 33, 2**31, 2**32 - 1])
def test_a_length_beyond_the_buffer_is_refused(crypto, length):
    with pytest.raises(BadCallback, match=r"^length$"):
        opened(crypto, encrypted(framed(b"{}", length=length)))


def test_a_length_short_of_the_message_makes_the_rest_a_foreign_receive_id(crypto):
    with pytest.raises(BadCallback, match=r"^receive_id$"):
        opened(crypto, encrypted(framed(b"{}", length=1)))


def test_a_plain_text_too_short_for_a_length_is_refused(crypto):
    with pytest.raises(BadCallback, match=r"^length$"):
        opened(crypto, encrypted(b"x" * 14 + bytes((18,)) * 18))


@pytest.mark.parametrize(("mine", "theirs"), [("ww00corp", "ww99corp"), ("ww00corp", ""), ("", "ww00corp")])
def test_a_foreign_receive_id_is_refused_also_where_ours_is_empty(mine, theirs):
    encrypt = CallbackCrypto("t", AES_KEY, theirs).encrypt_message("{}", NONCE, int(STAMP)).encrypt
    with pytest.raises(BadCallback, match=r"^receive_id$"):
        opened(CallbackCrypto("t", AES_KEY, mine), encrypt)


@pytest.mark.parametrize("signature", ["", "0" * 40, "签名", "\ud800"])
def test_a_wrong_signature_is_refused_whatever_it_is_made_of(crypto, signature):
    encrypt = crypto.encrypt_message("{}", NONCE, int(STAMP)).encrypt
    with pytest.raises(BadCallback, match=r"^signature$"):
        crypto.decrypt_message(encrypt, signature, STAMP, NONCE)


def test_the_signature_is_lower_case_hex_only(crypto):
    sealed = crypto.encrypt_message("{}", NONCE, int(STAMP))
    with pytest.raises(BadCallback, match=r"^signature$"):
        crypto.decrypt_message(sealed.encrypt, sealed.signature.upper(), STAMP, NONCE)


@pytest.mark.parametrize("encrypt", ["!!!!", "abc", "密文", "QUJD RA=="])
def test_what_is_no_base64_is_refused(crypto, encrypt):
    with pytest.raises(BadCallback, match=r"^base64$"):
        opened(crypto, encrypt)


def test_truncated_base64_is_refused(crypto):
    encrypt = crypto.encrypt_message("{}", NONCE, int(STAMP)).encrypt
    for end, reason in ((-1, "base64"), (-4, "length"), (-24, "length")):
        with pytest.raises(BadCallback, match=f"^{reason}$"):
            opened(crypto, encrypt[:end])


def test_a_key_with_trailing_bits_is_taken():
    # "R" at the end carries bits beyond the 32 bytes; a strict decoder refuses the key.
    crypto = CallbackCrypto("123456", "kWxPEV2UEDyxWpmPdKC3F4dgPDmOvfKX1HGnEUDS1aR", "ww00corp")
    assert opened(crypto, crypto.encrypt_message("好", NONCE, int(STAMP)).encrypt).decode() == "好"


@pytest.mark.parametrize("key", ["", "short", AES_KEY + "=", "密" * 43])
def test_a_malformed_key_stops_the_start(key):
    with pytest.raises(ValueError, match="43"):
        CallbackCrypto("t", key, "")


def test_two_messages_never_share_their_random_bytes(crypto):
    assert len({crypto.encrypt_message("{}", NONCE, 1).encrypt for _ in range(20)}) == 20


def test_a_downloaded_file_is_decrypted_like_the_published_example(crypto):
    body = base64.b64decode(
        "AGBbiGAZ4c898MkQH9Wcn24FfnRhhIpam/SwL4KgrT0Pkp4YTBwuZfVOviLd3JTcuLHNkAwGnU9Tl+h3twDAWw=="
    )
    assert crypto.decrypt_file(body) == b"%PDF-1.4 demo file for decrypt test\n"
