"""Which unit a typed name means."""

import pytest

from tests.rules.intake.workbooks_by_hand import UNITS


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("区人社局", "区人社局"),
        ("兰州市某某区人社局", "区人社局"),
        ("某某区人社局", "区人社局"),
        ("某某区 人社局", "区人社局"),
        ("甘肃省兰州市某某区人社局", "区人社局"),
        ("人社局", "区人社局"),
        ("区人力资源和社会保障局", "区人社局"),
        ("兰州市某某区人力资源和社会保障局", "区人社局"),
        ("某某区区民政局", "区民政局"),
        ("安宁堡街道办事处", "安宁堡街道"),
        ("某某区安宁堡街道办事处", "安宁堡街道"),
        ("某某区人民政府安宁堡街道办事处", "安宁堡街道"),
        ("河口镇人民政府", "河口镇"),
        ("兰州市某某区石板乡人民政府", "石板乡"),
        ("区　人 社 局", "区人社局"),
        ("区人社局（公章）", "区人社局"),
    ],
)
def test_a_unit_is_known_with_the_districts_name_before_it_and_by_its_aliases(typed: str, name: str) -> None:
    assert UNITS.resolve(typed) == name


@pytest.mark.parametrize("typed", ["民政局", "区人社菊", "兰州市某某区", "街道", "市人社局"])
def test_other_short_forms_are_unknown(typed: str) -> None:
    assert UNITS.resolve(typed) is None


def test_the_nearest_names_are_suggested_by_their_own_form() -> None:
    assert UNITS.suggest("区人社菊")[0] == "区人社局"
    assert UNITS.suggest("兰州市某某区民政")[0] == "区民政局"


def test_a_title_names_one_unit_or_none() -> None:
    assert UNITS.find_in("区人社局2023年6月好差评明细") == "区人社局"
    assert UNITS.find_in("区人社局区民政局联合报表") is None
    assert UNITS.find_in("好差评明细") is None
