"""The envelope against published vectors and against itself."""

from __future__ import annotations

import base64

import pytest

from sandbox.crypto import BadEnvelope, Envelope

KEY = "AbCdEfGhIjKlMnOpQrStUvWxYz0123456789abcdefg"
NOW = {"timestamp": "1476416373", "nonce": "47744683"}


def test_the_official_verification_vector_opens() -> None:
    envelope = Envelope(
        "hJqcu3uJ9Tn2gXPmxx2w9kkCkCE2EPYo",
        "6qkdMrq68nTKduznJYO1A37W2oEgpkMUvkttRToqhUt",
        "ww1436e0e65a779aee",
    )
    sealed = "fsi1xnbH4yQh0+PJxcOdhhK6TDXkjMyhEPA7xB2TGz6b+g7xyAbEkRxN/3cNXW9qdqjnoVzEtpbhnFyq6SVHyA=="
    signature = "012bc692d0a58dd4b10f8dfe5c4ac00ae211ebeb"
    assert envelope.open(sealed, signature=signature, **NOW) == b"1288432023552776189"


def test_sealing_gives_the_bytes_of_the_vector() -> None:
    envelope = Envelope("123456", "kWxPEV2UEDyxWpmPdKC3F4dgPDmOvfKX1HGnEUDS1aR", "wx49f0ab532d5d035a")
    sealed = envelope.seal(b"5927782489442352469", salt=b"2034fe2ae13f16f8")
    assert envelope.open(sealed, signature=envelope.signature("1", "2", sealed), timestamp="1", nonce="2")
    vector = "4ByGGj+sVCYcvGeQYhaKIk1o0pQRNbRjxybjTGblXrBaXlTXeOo1+bXFXDQQb1o6co6Yh9Bv41n7hOchLF6p+Q=="
    assert envelope.signature("1411443780", "437374425", vector) == "dd6b9c95b495b3f7e2901bfbc76c664930ffdb96"


def test_a_file_body_opens_as_in_the_vector() -> None:
    body = "AGBbiGAZ4c898MkQH9Wcn24FfnRhhIpam/SwL4KgrT0Pkp4YTBwuZfVOviLd3JTcuLHNkAwGnU9Tl+h3twDAWw=="
    envelope = Envelope("t", KEY, "")
    assert envelope.open_file(base64.b64decode(body)) == b"%PDF-1.4 demo file for decrypt test\n"
    assert envelope.seal_file(b"%PDF-1.4 demo file for decrypt test\n") == base64.b64decode(body)


@pytest.mark.parametrize("size", range(60, 100))
def test_every_length_comes_back(size: int) -> None:
    envelope = Envelope("t", KEY, "")
    sealed = envelope.seal(b"x" * size)
    assert (
        envelope.open(sealed, signature=envelope.signature("1", "2", sealed), timestamp="1", nonce="2")
        == b"x" * size
    )


def test_what_was_not_made_with_the_secrets_is_refused() -> None:
    mine, foreign = Envelope("t", KEY, "ww1"), Envelope("t", KEY, "ww2")
    sealed = foreign.seal(b"x")
    for wrong in (sealed, "????", "eA=="):
        with pytest.raises(BadEnvelope):
            mine.open(wrong, signature=mine.signature("1", "2", wrong), timestamp="1", nonce="2")
    with pytest.raises(BadEnvelope):
        mine.open(sealed, signature="0" * 40, timestamp="1", nonce="2")
