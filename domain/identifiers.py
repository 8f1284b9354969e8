"""How the numbers and names people hand in must look; says yes or no and keeps nothing."""

from __future__ import annotations

import re

_USERID = re.compile(r"[0-9A-Za-z][0-9A-Za-z_.@-]{0,63}")
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_LANDLINE = re.compile(r"(0[0-9]{2,3}-?)?[0-9]{7,14}")
_NATIONAL_CODE = re.compile(r"[0-9]{4}-[0-9]{6}-[0-9]{2}-[0-9]{2}-[0-9]{6}")

# GB 32100-2015: the alphabet leaves out I, O, S, V, Z; the last character is a check sum modulo 31.
_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


def is_userid(text: str) -> bool:
    """A member's id on the chat platform."""
    return _USERID.fullmatch(text) is not None


def is_mobile(text: str) -> bool:
    return _MOBILE.fullmatch(text) is not None


def is_phone(text: str) -> bool:
    """A mobile number or a landline with or without area code."""
    return is_mobile(text) or _LANDLINE.fullmatch(text) is not None


def is_national_code(text: str) -> bool:
    """投资项目统一代码, as the national platform gives it."""
    return _NATIONAL_CODE.fullmatch(text) is not None


def is_credit_code(text: str) -> bool:
    """统一社会信用代码 with its check character."""
    if len(text) != len(_CREDIT_WEIGHTS) + 1 or any(one not in _CREDIT_ALPHABET for one in text):
        return False
    return credit_check_character(text[:-1]) == text[-1]


def credit_check_character(first_17: str) -> str:
    weighed = zip(first_17, _CREDIT_WEIGHTS, strict=True)
    total = sum(_CREDIT_ALPHABET.index(one) * weight for one, weight in weighed)
    return _CREDIT_ALPHABET[-total % 31]
