from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.masking import mask_private, mobiles, with_mobiles


def identity(seventeen: str) -> str:
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(digit) * weight for digit, weight in zip(seventeen, weights, strict=True))
    return seventeen + "10X98765432"[total % 11]


def card(digits: str) -> str:
    for check in "0123456789":
        total = 0
        for place, digit in enumerate(reversed(digits + check)):
            value = int(digit) * (1 + place % 2)
            total += value - 9 if value > 9 else value
        if total % 10 == 0:
            return digits + check
    raise AssertionError("one of ten digits always fits")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("电话13812345678，谢谢", "电话138****5678，谢谢"),
        ("138-1234-5678", "138****5678"),
        ("138 1234 5678", "138****5678"),
        ("+8613812345678", "+86138****5678"),
        ("8613812345678", "86138****5678"),
        ("１３８１２３４５６７８", "138****5678"),
        ("13812345678或19912345678", "138****5678或199****5678"),
    ],
)
def test_mobile_numbers_keep_three_and_four_digits(text, shown):
    assert mask_private(text) == shown


@pytest.mark.parametrize("seventeen", ["44020419900101123", "11010519491231002", "81000019880229999"])
def test_identity_numbers_keep_four_digits_at_both_ends(seventeen):
    number = identity(seventeen)
    shown = f"{number[:4]}**********{number[-4:]}"
    assert mask_private(f"身份证{number}。") == f"身份证{shown}。"
    assert mask_private(number.lower()) == shown[:-1] + shown[-1].lower()


def test_an_identity_number_that_ends_in_x_is_found():
    numbers = (identity(f"44020419900101{order:03d}") for order in range(100))
    number = next(number for number in numbers if number.endswith("X"))
    assert mask_private(number) == f"{number[:4]}**********{number[-4:]}"


def test_old_identity_numbers_of_15_digits_are_found():
    assert mask_private("440204900101123") == "4402*******1123"


def test_bank_cards_from_16_to_19_digits_are_found_also_in_groups_of_four():
    for length in (15, 16, 17, 18):
        number = card("6222021234567890123"[:length])
        assert mask_private(f"卡号{number}") == f"卡号{number[:4]}{'*' * (len(number) - 8)}{number[-4:]}"
    number = card("622202123456789012")
    grouped = " ".join((number[:4], number[4:8], number[8:12], number[12:16], number[16:]))
    assert mask_private(grouped) == f"{number[:4]}***********{number[-4:]}"


@pytest.mark.parametrize(
    "text",
    [
        "2409-440205-04-01-123456",  # investment project code
        "24094402050401123456",
        "91440200MA4UKXXX0X",  # unified social credit codes
        "91440200123456789X",
        "914402000123456785",
        "11440200007334567J",
        "440204199001011231",  # checksum wrong, no card
        "440204199013011239",  # no such month
        "1381234567",  # too short
        "138123456789",  # too long
        "12812345678",  # no such prefix
        "A13812345678",
        "粤建许字〔2024〕第0138号",
        "总投资 13800.00 万元，建筑面积 12345.67 平方米",
        "GB50016-2014",
        "问题12 3月15日前",
        "",
    ],
)
def test_what_is_public_or_only_looks_alike_stays(text):
    assert mask_private(text) == text


@given(st.integers(0, 10**9 - 1))
def test_a_credit_code_of_digits_alone_stays_whatever_its_check_digit(tail):
    code = f"91440200{tail:09d}5"
    assert mask_private(code) == code


@given(st.text(st.sampled_from("0123456789Xx -+－１３户, "), max_size=60))
def test_masking_twice_changes_nothing_more(text):
    assert mask_private(mask_private(text)) == mask_private(text)


@given(st.text(max_size=200))
def test_any_text_may_be_masked_and_without_long_numbers_it_stays(text):
    masked = mask_private(text)
    if sum(character.isdigit() for character in text) < 11:
        assert masked == text


@given(st.lists(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), max_size=4))
def test_for_a_form_the_whole_number_is_found_again(numbers: list[str]) -> None:
    text = "，".join(f"电话{one}" for one in numbers)
    assert mobiles(text) == tuple(numbers)
    assert with_mobiles(mask_private(text), mobiles(text)) == text


def test_a_number_that_was_not_said_stays_masked() -> None:
    assert with_mobiles("138****5678", ["13912345678"]) == "138****5678"
