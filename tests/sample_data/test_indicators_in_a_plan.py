"""The indicators of 2023 that the language can say, declared in a plan's workbook under codes of their own, give the
figures of the shipped ones.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from catalogue.indicators import INDICATORS, UNJUDGED
from catalogue.indicators.expressions import EXPRESSED
from data_access.database import reading
from data_access.figures import figures_at, figures_kept
from data_access.rehearsal import rehearsing_plan
from models.definitions import NumberFormat
from rules.as_of import end_of_day
from services.figures.district_state import district_state
from services.figures.fold import keep_of_day
from services.plan.declarations import enter_declarations
from services.plan.in_force import put_in_force
from services.plan.preview import PlanPreview, preview_plan
from services.plan.versions import row_of_facts
from tests.services.plan.test_preview import workbook

DAY, YEAR = date(2023, 8, 22), "2023-01"
OWN = {code: f"own_{code}" for code in EXPRESSED}
FORMATS = {NumberFormat.SHARE: "占比", NumberFormat.COUNT: "个数"}


def declared(code: str) -> dict[str, Any]:
    indicator, written = (INDICATORS | UNJUDGED)[code], EXPRESSED[code]
    return {
        "指标": f"自编{indicator.title}",
        "编码": OWN[code],
        "分子": written.numerator,
        "分母": written.denominator,
        "期限字段": written.due,
        "单位": FORMATS.get(indicator.number_format, "个数"),
    }


TASK = {"任务编号": "1.1", "领域": "政务服务", "任务名称": "对照", "责任单位": "部门", "完成时限": "10月底前"}
MEASURE = {
    "举措编号": "1.1.1",
    "任务编号": "1.1",
    "举措名称": "对照",
    "评价方式": "指标",
    "指标编码": OWN["case_push_rate"],
    "目标值": "50%",
}
SHEETS: dict[str, Sequence[dict[str, Any]]] = {
    "方案": [{"方案编号": "2023-Z", "方案名称": "2023年对照方案", "年度": 2023}],
    "任务": [{**TASK, "年度": 2023}],
    "举措": [MEASURE],
    "指标": [declared(code) for code in EXPRESSED],
}


@pytest.fixture
def preview(sample_database: str) -> PlanPreview:
    preview = preview_plan(workbook(SHEETS), "对照.xlsx")
    assert preview.errors == ()
    assert set(preview.added["indicators"]) == set(OWN.values())
    return preview


@pytest.mark.long
def test_on_a_day_of_the_sample_every_unit_has_the_same_figures_of_both(preview: PlanPreview) -> None:
    declarations = preview.declarations
    with rehearsing_plan() as session:
        enter_declarations(session, row_of_facts(declarations.facts, prefix="2023-Z/", since=None), declarations, None)
        keep_of_day(session, list(OWN.values()), DAY, district_state(session, end_of_day(DAY)))
        figures = figures_at(session, DAY, YEAR, [*OWN, *OWN.values()])
    with reading():  # what was declared here is forgotten
        pass
    for code, own in OWN.items():
        shipped = {unit: figure for unit, figure in figures[code].items() if unit is not None}
        assert {unit: figures[own][unit] for unit in shipped} == shipped, code
        assert any(figure.numerator is not None for figure in shipped.values()), code


@pytest.mark.slow
def test_at_every_date_of_the_sample_the_figures_are_those_of_the_shipped_indicators(preview: PlanPreview) -> None:
    put_in_force(preview, workbook(SHEETS), "对照.xlsx", "对照")
    with reading() as session:
        lines = [line for line in figures_kept(session) if f", None, '{YEAR}'" not in line]
    for code, own in OWN.items():
        of_own = [line.replace(f"'{own}'", f"'{code}'") for line in lines if f"'{own}'" in line]
        assert of_own == [line for line in lines if f"'{code}'" in line] != [], code
