"""Personal data is hidden: names down to the surname, numbers in the middle, and both wherever a free text holds
them.
"""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.definitions import PersonalData
from rules.personal import COMPOUND_SURNAMES, mask, mask_identity, mask_name, mask_names, mask_phone, mask_text

HAN = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)
MOBILES = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
IDENTITIES = st.from_regex(
    r"[1-9][0-9]{5}(19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9])[0-9]{3}[0-9X]", fullmatch=True
)
AROUND = st.text(
    st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5) | st.sampled_from("，。：（） "), max_size=12
)


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张三", "张*"),
        ("张小明", "张**"),
        ("欧阳小明", "欧阳**"),
        ("欧阳修", "欧阳*"),
        ("张", "*"),
        ("", ""),
        ("王女士", "王女士"),
        ("李明先生", "李*先生"),
        ("阿卜杜拉·买买提", "阿*******"),
        ("John", "J***"),
        ("某某建设有限公司", "某某建设有限公司"),
        ("李家商店", "李***"),
    ],
)
def test_of_a_name_the_surname_stays_and_a_company_keeps_its_own(name: str, masked: str) -> None:
    assert mask_name(name) == masked


def test_every_name_of_a_list_is_masked() -> None:
    assert mask_names("张三、李小四，欧阳小明") == "张*、李**，欧阳**"


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("13812341234", "138****1234"),
        ("138 1234 1234", "138 **** 1234"),
        ("138-1234-1234", "138-****-1234"),
        ("1381234", "*****34"),
        ("0755-12345678", "****-******78"),
        ("李四13812341234", "**138****1234"),
        ("", ""),
        ("１３８１２３４１２３４", "１３８****１２３４"),
    ],
)
def test_of_a_number_the_middle_is_hidden_and_words_beside_it(number: str, masked: str) -> None:
    assert mask_phone(number) == masked


def test_of_an_identity_number_the_middle_is_hidden() -> None:
    assert mask_identity("11010119900307123X") == "110***********123X"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("请回电13812341234，谢谢", "请回电138****1234，谢谢"),
        ("身份证110101199003071234办不了", "身份证110***********1234办不了"),
        ("联系人：张小明，要求退费", "联系人：张**，要求退费"),
        ("联系电话：8765 4321", "联系电话：**** **21"),
        ("座机（0755）12345678", "座机（****）******78"),
        ("2023年6月1日反映，工单 20230615000123456", "2023年6月1日反映，工单 20230615000123456"),
        ("办理时限 20 个工作日，共 1234567 元", "办理时限 20 个工作日，共 1234567 元"),
    ],
)
def test_a_free_text_keeps_everything_but_what_reaches_a_person(text: str, masked: str) -> None:
    assert mask_text(text) == masked


def test_what_the_record_itself_says_of_the_person_is_hidden_in_its_text_too() -> None:
    assert mask_text("张小明来电，号码 87654321", known=["张小明", "87654321"]) == "张**来电，号码 ******21"


@given(st.text(HAN, min_size=2, max_size=6))
def test_no_given_name_is_left(name: str) -> None:
    masked = mask_name(name)
    surname = 2 if name[:2] in COMPOUND_SURNAMES and len(name) > 2 else 1
    titled = re.search(r"(先生|女士|小姐|同志|老师)$", name)
    organisation = len(name) > 4 and masked == name
    assert masked[:surname] == name[:surname]
    assert organisation or titled or set(masked[surname:]) == {"*"}


@given(AROUND, MOBILES | IDENTITIES, AROUND)
def test_a_number_in_a_text_is_never_left_whole(before: str, number: str, after: str) -> None:
    masked = mask_text(before + number + after)
    assert number not in masked
    assert masked.startswith(before[:1])
    assert len(masked) == len(before + number + after)


@given(st.text(max_size=30) | MOBILES | IDENTITIES, st.sampled_from(PersonalData))
def test_masking_twice_changes_nothing_more(text: str, kind: PersonalData) -> None:
    assert mask(mask(text, kind), kind) == mask(text, kind)


@given(st.text(max_size=30), st.sampled_from([PersonalData.PHONE, PersonalData.FREE_TEXT]))
def test_masking_never_makes_a_text_longer(text: str, kind: PersonalData) -> None:
    assert len(mask(text, kind)) == len(text)
