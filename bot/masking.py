"""Hides identity-card, bank-card and mobile numbers in what people wrote, before anything is kept.

Codes of projects and the unified social credit code of an enterprise are public and stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

# Full-width digits are typed on Chinese keyboards; one character stands for one, so positions stay equal.
_HALF_WIDTH = str.maketrans("０１２３４５６７８９Ｘｘ", "0123456789Xx")

_CANDIDATE = re.compile(
    r"""(?<![0-9A-Za-z])(?:
        (?P<identity> [1-8][0-9]{16}[0-9Xx] | [1-8][0-9]{14} )
      | (?P<phone> (?:\+?86[ -]?)? (?P<number> 1[3-9][0-9][ -]?[0-9]{4}[ -]?[0-9]{4} ) )
      | (?P<bank> [0-9]{16,19} | [3-69][0-9]{3}(?:[ ][0-9]{4}){3}(?:[ ][0-9]{1,3})?
                | [3-69][0-9]{3}(?:-[0-9]{4}){3}(?:-[0-9]{1,3})? )
    )(?![0-9A-Za-z])""",
    re.VERBOSE,
)
_HIDDEN = re.compile(r"(1[3-9][0-9])\*{4}([0-9]{4})")
# Digits that fail as an identity number may still be a bank card.
_BANK_RUN = re.compile(r"[0-9]{16,19}")
_PROVINCE = re.compile("1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"
_CREDIT_CODE = re.compile(r"(?:1[1239]|5[1239]|9[123])[1-8][0-9]{15}")


def mask_private(text: str) -> str:
    """The same text with private numbers reduced to their first and last digits."""
    plain = text.translate(_HALF_WIDTH)
    parts: list[str] = []
    done = 0
    for found in _CANDIDATE.finditer(plain):
        start, end, shown = _masked(found)
        if shown:
            parts += (text[done:start], shown)
            done = end
    return "".join((*parts, text[done:])) if parts else text


def mobiles(text: str) -> tuple[str, ...]:
    """The whole mobile numbers `mask_private` hides, in order."""
    found = _CANDIDATE.finditer(text.translate(_HALF_WIDTH))
    return tuple(_digits(one["number"]) for one in found if one["phone"])


def with_mobiles(text: str, whole: Sequence[str]) -> str:
    """Masked numbers made whole again, each by the first number that fits; others stay masked."""
    left = list(whole)

    def number(hidden: re.Match[str]) -> str:
        fits = next((one for one in left if (one[:3], one[-4:]) == (hidden[1], hidden[2])), None)
        if fits is None:
            return hidden[0]
        left.remove(fits)
        return fits

    return _HIDDEN.sub(number, text)


def _masked(found: re.Match[str]) -> tuple[int, int, str]:
    """Where to write what; "" leaves the digits as they are."""
    if found["phone"]:
        number = _digits(found["number"])
        return found.start("number"), found.end("number"), f"{number[:3]}****{number[-4:]}"
    digits = _digits(found[0])
    private = (found["identity"] and _is_identity(digits)) or _is_bank_card(digits)
    return found.start(), found.end(), _stars(digits) if private else ""


def _digits(text: str) -> str:
    return text.replace(" ", "").replace("-", "")


def _stars(digits: str) -> str:
    return f"{digits[:4]}{'*' * (len(digits) - 8)}{digits[-4:]}"


def _is_identity(digits: str) -> bool:
    if not _PROVINCE.match(digits):
        return False
    if len(digits) == 15:
        return _is_date(f"19{digits[6:12]}")
    total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=False))
    return _is_date(digits[6:14]) and _CHECK_DIGITS[total % 11] == digits[17].upper()


def _is_date(eight: str) -> bool:
    if eight[:2] not in ("18", "19", "20"):
        return False
    try:
        date(int(eight[:4]), int(eight[4:6]), int(eight[6:]))
    except ValueError:
        return False
    return True


def _is_bank_card(digits: str) -> bool:
    # One in ten social credit codes made of digits alone passes Luhn by chance; no card begins like them.
    if not _BANK_RUN.fullmatch(digits) or _CREDIT_CODE.fullmatch(digits):
        return False
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
