"""Sample and real data never come together: the sample's way in without an account must not open a real district."""

from collections.abc import Callable
from pathlib import Path

import pytest

from data_access.database import reading, writing
from data_access.plan_store import task_rows, units
from data_access.settings import set_setting
from services.access.refusal import RefusedRequest
from services.accounts.register import accounts, add_account
from services.accounts.sessions import FromWhere
from services.accounts.sign_in import demonstrate, demonstration_units
from services.intake.templates import template
from services.operations import set_up as module
from services.operations.set_up import PLAN_FILE, UNITS_FILE, set_up
from tests.services.conftest import Report


def counted() -> tuple[int, int, int]:
    with reading() as session:
        return len(task_rows(session)), len(units(session)), len(accounts())


@pytest.mark.parametrize(
    "real", [lambda: None, lambda: add_account("wang", "王华", "bureau")], ids=["plan and units", "an account too"]
)
def test_the_sample_does_not_go_into_a_database_with_a_plan_units_or_accounts(
    district: None, real: Callable[[], object]
) -> None:
    real()
    before = counted()
    with pytest.raises(RefusedRequest, match="不能装入示例区"):
        set_up(sample="district")
    assert counted() == before
    assert demonstration_units() is None
    with pytest.raises(RefusedRequest):
        demonstrate("bureau", None, FromWhere("10.0.0.5"))


@pytest.mark.long
def test_the_sample_does_not_go_in_where_there_is_nothing_but_an_account(
    empty_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PLAN_FILE", Path("/nowhere"))
    with pytest.raises(RefusedRequest, match="打不开文件"):
        set_up()
    add_account("wang", "王华", "bureau")
    with pytest.raises(RefusedRequest, match="不能装入示例区"):
        set_up(sample="district")


def test_the_sample_does_not_go_in_among_reports(report: Report) -> None:
    report(
        "catalogue_claims",
        "区人社局",
        None,
        [{"基本编码": "000101001000", "事项名称": "社保卡", "责任单位": "区人社局", "认领状态": "已认领"}],
        "2023-07-03",
    )
    with pytest.raises(RefusedRequest, match="不能装入示例区"):
        set_up(sample="district")


@pytest.mark.parametrize("real", [{"plan": PLAN_FILE}, {"units_file": UNITS_FILE}, {"district": "某某区"}])
def test_a_real_plan_real_units_and_a_real_name_do_not_go_into_a_sample(
    district: None, real: dict[str, object]
) -> None:
    with writing() as session:
        set_setting(session, "sample_data", True, since=None, reason="示例数据", by="管理局")
    before = counted()
    with pytest.raises(RefusedRequest, match="库中是示例数据，不能导入真实的方案"):
        set_up(**real)  # type: ignore[arg-type]
    assert counted() == before


@pytest.mark.long
def test_a_sample_broken_off_is_a_sample_already(empty_database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_off(*_: object) -> None:
        raise OSError("power cut")

    monkeypatch.setattr(module, "import_units", break_off)
    with pytest.raises(OSError, match="power cut"):
        set_up(sample="district")
    monkeypatch.undo()
    monkeypatch.setenv("DATABASE_URL", empty_database)
    assert demonstration_units() is not None
    with pytest.raises(RefusedRequest, match="库中是示例数据"):
        set_up(plan=PLAN_FILE)


def test_a_sample_is_brought_up_to_date_by_either_command(sample_database: str) -> None:
    before = counted()
    set_up()
    set_up(sample="district")
    assert counted() == before


@pytest.mark.long
@pytest.mark.parametrize(("given", "sentence"), [("plan", "没有填写任务"), ("units_file", "没有填写责任单位")])
def test_a_template_that_nobody_filled_in_is_refused_and_leaves_nothing(
    given: str, sentence: str, empty_database: str, tmp_path: Path
) -> None:
    blank = tmp_path / "空白.xlsx"
    blank.write_bytes(template(given.removesuffix("_file")))
    with pytest.raises(RefusedRequest, match=sentence):
        set_up(**{given: blank})
    assert counted() == (0, 0, 0)
