"""考核赋分: points beside the ranking, never without their rules; a unit sees its own, each deduction proved."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from models.people import Role
from rules.as_of import parse_instant
from services.assessment.rules import import_rules
from tests.pages.visiting import text_of

Visit = Callable[..., AppTest]
FILE = Path("sample_data/district/07月/考核规则.xlsx")
UNIT = "区科技局"


@pytest.fixture
def rules(visit: Visit) -> None:
    """Those of the sample, also where its database was made before there were any."""
    import_rules(FILE.read_bytes(), FILE.name, reason="专班会议议定", at=parse_instant("2023-08-22T07:00"))


@pytest.mark.long
def test_points_stand_beside_the_ranking_with_their_rules(rules: None, visit: Visit) -> None:
    app = visit("assessment")
    page = text_of(app)
    assert "5 条规则，" in page and "个单位得分" in page
    assert "完成率名次" in page and "赋分规则" in page and "逾期举措每项扣2分" in page
    assert "下载考核规则模板" in page and any(button.label == "导入并自此生效" for button in app.button)


@pytest.mark.long
def test_a_unit_sees_its_own_deductions_with_the_way_to_their_proof(
    rules: None, visit: Visit, become: Callable[..., None]
) -> None:
    become(Role.UNIT, UNIT)
    app = visit("assessment")
    page = text_of(app)
    assert f"{UNIT}：得 " in page and "扣分和依据" in page and "赋分规则" in page
    assert "完成率名次" not in page and not app.button
    assert "/lamp?" in page and "measure=1.2.1" in page


def test_before_the_first_rules_the_page_says_what_to_do(visit: Visit) -> None:
    page = text_of(visit("assessment", as_of="2023-06-10"))
    assert "尚无考核规则" in page and "下载模板" in page


@pytest.mark.long
def test_the_bureau_is_told_what_is_lacking_before_anything_is_stored(rules: None, visit: Visit) -> None:
    app = visit("assessment")
    next(button for button in app.button if button.label == "导入并自此生效").click().run()
    assert "请先选择" in app.warning[0].value
