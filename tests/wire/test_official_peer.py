"""The platform's own Node package as a peer; collected where it is installed."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from bot.wecom.crypto import CallbackCrypto
from tests.wire.test_crypto import VECTORS

HERE = Path(__file__).parent
TEXTS = ("", "a", "施工许可" * 7, "<xml>]]></xml>", '{"a":"进度"}', "进" * 3000)


def node(jobs: list[dict]) -> list[dict]:
    lines = "\n".join(json.dumps(job) for job in jobs)
    done = subprocess.run(
        ["node", "peer.cjs"], input=lines, cwd=HERE, text=True, capture_output=True, check=True
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["id"])
def test_the_official_package_and_we_read_each_other(vector):
    token, key, receive_id = vector["token"], vector["encoding_aes_key"], vector["receiveid"]
    ours = CallbackCrypto(token, key, receive_id)
    common = {"token": token, "key": key, "id": receive_id, "timestamp": "1760000000", "nonce": "n"}
    sealed = [ours.encrypt_message(text, "n", 1760000000) for text in TEXTS]
    read = node([{**common, "encrypt": each.encrypt} for each in sealed])
    assert [each["message"] for each in read] == list(TEXTS)
    assert [each["id"] for each in read] == [receive_id] * len(TEXTS)
    assert [each["signature"] for each in read] == [each.signature for each in sealed]
    for text, theirs in zip(TEXTS, node([{**common, "message": text} for text in TEXTS]), strict=True):
        assert (
            ours.decrypt_message(theirs["encrypt"], theirs["signature"], "1760000000", "n").decode() == text
        )
