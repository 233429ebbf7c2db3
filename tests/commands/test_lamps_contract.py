"""cli.md's init, import, lamps, verify, settle and target by the real command line: shapes, exit status, sentences."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

import manage
from tests.conftest import of_its_own
from tests.engines import Engine
from tests.services.conftest import UNITS, workbook
from tests.services.plan.test_declared_dataset import SHEETS as DECLARING
from tests.services.plan.test_preview import workbook as plan_workbook

Done = tuple[int, Any, str]
"""exit status, the JSON on standard output (None: nothing), standard error"""
Run = Callable[..., Done]

TASK = {
    "任务编号": "1.3",
    "领域": "用户体验",
    "任务名称": "增强服务满意度",
    "责任单位": "部门",
    "完成时限": "7月30日前",
    "年度": 2023,
}
MEASURE = {
    "举措编号": "1.3.2",
    "任务编号": "1.3",
    "举措名称": "零跑动",
    "评价方式": "指标",
    "指标编码": "zero_visit_share",
    "目标值": "50%",
}
GUIDE = {"实施编码": "A1", "事项名称": "社保登记", "责任单位": "区人社局", "到办事现场次数": 1}
KEYS = ["area", "task", "measure", "unit", "lamp", "deadline", "indicators", "reason"]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def command(*arguments: object) -> Done:
        capsys.readouterr()
        try:
            status = manage.main([str(argument) for argument in arguments])
        except SystemExit as ended:
            status = int(ended.code or 0)
        said = capsys.readouterr()
        return status, json.loads(said.out) if "--json" in arguments and said.out else None, said.err

    return command


@pytest.fixture(scope="session")
def shipped(databases: Engine, tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("shipped")
    units = folder / "units.xlsx"
    units.write_bytes(workbook("units", UNITS))

    def fill() -> None:
        assert manage.main(["init", "--units", str(units), "--district", "金城市安宁区"]) == 0

    return databases.template(folder, fill)


@pytest.fixture
def board(databases: Engine, shipped: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The shipped plan with four units. DATABASE_URL points to it; the folder takes workbooks."""
    for _ in of_its_own(databases, databases.copy(shipped, tmp_path), monkeypatch):
        yield tmp_path


def file(folder: Path, dataset: str, rows: Any, name: str = "报送.xlsx") -> Path:
    path = folder / name
    path.write_bytes(workbook(dataset, rows))
    return path


def plan(
    folder: Path, tasks: Sequence[Mapping[str, Any]] = (TASK,), measures: Sequence[Mapping[str, Any]] = (MEASURE,)
) -> Path:
    return file(folder, "plan", {"任务": tasks, "举措": measures}, "方案.xlsx")


def lamps(run: Run, as_of: str, *filters: str) -> list[dict[str, Any]]:
    status, document, error = run("lamps", "--as-of", as_of, *filters, "--json")
    assert (status, error, document["as_of"]) == (0, "", as_of)
    return list(document["lamps"])


def lamp(run: Run, as_of: str, measure: str, unit: str | None) -> dict[str, Any]:
    return next(lamp for lamp in lamps(run, as_of) if (lamp["measure"], lamp["unit"]) == (measure, unit))


def send(run: Run, folder: Path, dataset: str, rows: Any, at: str, *more: str, unit: str = "区人社局") -> Any:
    status, document, error = run(
        "import", file(folder, dataset, rows), "--dataset", dataset, "--unit", unit, *more, "--at", at, "--json"
    )
    assert (status, error) == (0, ""), (document, error)
    return document


def refused(done: Done, words: str) -> None:
    """Exit status 2, one sentence on standard error, nothing on standard output."""
    status, document, error = done
    assert (status, document) == (2, None)
    assert words in error
    assert len(error.strip().splitlines()) == 1
    assert error.rstrip().endswith(("。", "？"))


# ---- lamps ----


@pytest.mark.long
def test_a_lamp_has_exactly_these_keys_and_nulls_where_there_are_no_figures(run: Run, board: Path) -> None:
    judged = lamp(run, "2023-01-20", "1.3.2", "区人社局")
    assert list(judged) == KEYS
    assert (judged["area"], judged["task"], judged["lamp"], judged["deadline"]) == (
        "experience",
        "1.3",
        "on_track",
        "2023-07-30",
    )
    assert judged["indicators"] == [
        {"code": "zero_visit_share", "numerator": None, "denominator": None, "value": None, "target": 0.5, "met": None}
    ]


def test_a_milestone_has_no_indicators_and_a_task_without_units_has_a_row_of_null(run: Run, board: Path) -> None:
    assert lamp(run, "2023-01-20", "1.2.2", "东关街道")["indicators"] == []
    rows = lamps(run, "2023-01-20", "--task", "5.1")
    assert [(row["measure"], row["unit"], row["lamp"], row["deadline"]) for row in rows] == [
        (f"5.1.{n}", None, "doubt", None) for n in (1, 2, 3)
    ]
    assert all(
        number is None
        for row in rows
        for name, number in row["indicators"][0].items()
        if name not in ("code", "target")
    )


def test_nothing_to_count_is_zero_of_zero_without_a_value(run: Run, board: Path) -> None:
    send(run, board, "guides", {"事项": [], "材料": [], "流程": []}, "2023-02-01T09:00")
    judged = lamp(run, "2023-02-01", "1.3.2", "区人社局")
    assert judged["lamp"] == "not_applicable"
    assert judged["indicators"] == [
        {"code": "zero_visit_share", "numerator": 0, "denominator": 0, "value": None, "target": 0.5, "met": None}
    ]


def test_filters_choose_rows_and_change_none(run: Run, board: Path) -> None:
    every = lamps(run, "2023-08-22")
    for name, value in (("unit", "区人社局"), ("area", "coverage"), ("task", "1.2")):
        assert lamps(run, "2023-08-22", f"--{name}", value) == [row for row in every if row[name] == value]
    assert lamps(run, "2023-08-22", "--unit", "三维数字中心", "--task", "1.2") == []


def test_a_unit_is_known_by_its_alias_and_with_the_district_before_it(run: Run, board: Path) -> None:
    own = lamps(run, "2023-08-22", "--unit", "区人社局")
    assert own
    assert lamps(run, "2023-08-22", "--unit", "区人力资源和社会保障局") == own
    assert lamps(run, "2023-08-22", "--unit", "东关街道办事处") == lamps(run, "2023-08-22", "--unit", "东关街道")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--as-of", "2023-08-22", "--unit", "区人社居"), "区人社居"),
        (("--as-of", "2023-08-22", "--task", "9.9"), "9.9"),
        (("--as-of", "2023-08-22", "--area", "weather"), "weather"),
        (("--as-of", "8月22日"), "2023-08-22"),
        (("--as-of", "2023-02-30"), "2023-02-30"),
        (("--as-of", "9999-12-31"), "9999-12-31"),
        (("--as-of", "2027-02-01"), "未录入2027年工作日历"),
        (("--as-of", "2020-06-30"), "未录入2020年工作日历"),
        ((), "--as-of"),
    ],
)
def test_lamps_of_what_is_not_there_are_refused_with_a_sentence(
    run: Run, board: Path, arguments: tuple[str, ...], words: str
) -> None:
    refused(run("lamps", *arguments, "--json"), words)


def test_before_the_plans_year_nothing_is_owed_yet(run: Run, board: Path) -> None:
    assert {lamp["lamp"] for lamp in lamps(run, "2022-12-31")} == {"on_track", "doubt"}


def test_without_a_database_the_way_to_make_one_is_said(run: Run, empty_database: str) -> None:
    refused(run("lamps", "--as-of", "2023-08-22", "--json"), "init")


# ---- import --at ----


@pytest.mark.long
def test_a_time_without_zone_is_of_shanghai_and_another_zone_is_converted(run: Run, board: Path) -> None:
    send(run, board, "guides", {"事项": [GUIDE | {"到办事现场次数": 0}]}, "2023-02-01T23:59:59")
    assert lamp(run, "2023-02-01", "1.3.2", "区人社局")["lamp"] == "done"
    send(run, board, "guides", {"事项": [GUIDE]}, "2023-02-02T16:30:00+00:00")
    assert lamp(run, "2023-02-02", "1.3.2", "区人社局")["lamp"] == "done"
    assert lamp(run, "2023-02-03", "1.3.2", "区人社局")["lamp"] == "on_track"


@pytest.mark.long
def test_the_deadline_day_is_in_time_until_midnight(run: Run, board: Path) -> None:
    send(run, board, "guides", {"事项": [GUIDE]}, "2023-02-01T09:00")
    assert [lamp(run, day, "1.3.2", "区人社局")["lamp"] for day in ("2023-07-30", "2023-07-31")] == [
        "due_soon",
        "overdue",
    ]


@pytest.mark.long
def test_import_tells_submission_revision_and_that_the_same_file_changes_nothing(run: Run, board: Path) -> None:
    first = send(run, board, "guides", {"事项": [GUIDE], "材料": [], "流程": []}, "2023-02-01T09:00")
    assert {name: first[name] for name in ("revision", "unchanged", "accepted", "records")} == {
        "revision": 1,
        "unchanged": False,
        "accepted": True,
        "records": 1,
    }
    again = send(run, board, "guides", {"事项": [GUIDE], "材料": [], "流程": []}, "2023-02-01T09:00")
    status, twice, _ = run("import", board / "报送.xlsx", "--dataset", "guides", "--unit", "区人社局", "--json")
    assert (status, twice["unchanged"], twice["submission"]) == (0, True, again["submission"])


# ---- verify ----


def progress(state: str, completed: str | None = None) -> list[dict[str, Any]]:
    return [{"举措编号": "1.2.2", "责任单位": "区人社局", "进展状态": state, "完成日期": completed, "进展情况": "有序"}]


def test_what_was_not_reported_done_cannot_be_verified_or_returned(run: Run, board: Path) -> None:
    send(run, board, "progress", progress("推进中"), "2023-07-01T09:00", "--month", "2023-06")
    refused(run("verify", "1.2.2", "--unit", "区人社局", "--at", "2023-07-02", "--json"), "尚未报告")
    refused(
        run("verify", "1.2.2", "--unit", "区人社局", "--return", "不实", "--at", "2023-07-02", "--json"), "尚未报告"
    )


@pytest.mark.long
def test_reported_returned_reported_again_and_verified(run: Run, board: Path) -> None:
    send(run, board, "progress", progress("已完成", "2023-06-20"), "2023-07-01T09:00", "--month", "2023-06")
    assert (
        run(
            "verify",
            "1.2.2",
            "--unit",
            "区人力资源和社会保障局",
            "--return",
            "佐证不足",
            "--at",
            "2023-07-04T10:00",
            "--json",
        )[0]
        == 0
    )
    send(run, board, "progress", progress("已完成", "2023-07-08"), "2023-07-10T09:00", "--month", "2023-06")
    assert run("verify", "1.2.2", "--unit", "区人社局", "--at", "2023-08-12T10:00", "--json")[0] == 0
    refused(run("verify", "1.2.2", "--unit", "区人社局", "--at", "2023-08-13", "--json"), "核验")
    days = ("2023-07-03", "2023-07-04", "2023-07-10", "2023-08-11", "2023-08-12")
    assert [lamp(run, day, "1.2.2", "区人社局")["lamp"] for day in days] == [
        "to_verify",
        "not_reported",
        "to_verify",
        "to_verify",
        "done",
    ]  # May was never reported


def test_a_report_before_the_time_of_the_decision_is_what_counts(run: Run, board: Path) -> None:
    send(run, board, "progress", progress("已完成", "2023-06-20"), "2023-07-05T09:00", "--month", "2023-06")
    refused(run("verify", "1.2.2", "--unit", "区人社局", "--at", "2023-07-05T08:59", "--json"), "尚未报告")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("1.3.2", "--unit", "区人社局"), "1.3.2"),
        (("9.9.9", "--unit", "区人社局"), "9.9.9"),
        (("1.2.2", "--unit", "区某局"), "区某局"),
        (("1.2.2",), "--unit"),
        (("1.2.2", "--unit", "区人社局", "--at", "昨天"), "昨天"),
    ],
)
def test_verifying_what_is_not_there_is_refused_with_a_sentence(
    run: Run, board: Path, arguments: tuple[str, ...], words: str
) -> None:
    refused(run("verify", *arguments, "--json"), words)


# ---- settle ----


def test_settling_the_deadline_alone_leaves_the_units_in_doubt(run: Run, board: Path) -> None:
    assert (
        run("settle", "5.1", "--deadline", "2023-08-30", "--reason", "比照 5.2", "--at", "2023-02-01", "--json")[0] == 0
    )
    assert [(lamp["unit"], lamp["lamp"], lamp["deadline"]) for lamp in lamps(run, "2023-02-01", "--task", "5.1")] == [
        (None, "doubt", "2023-08-30")
    ] * 3
    assert (
        run("settle", "5.1", "--units", "部门", "东关街道", "--reason", "比照 5.2", "--at", "2023-02-02", "--json")[0]
        == 0
    )
    rows = lamps(run, "2023-02-02", "--task", "5.1")
    assert {row["lamp"] for row in rows} == {"on_track"}
    assert [row["unit"] for row in rows if row["measure"] == "5.1.1"] == ["区人社局", "区住建局", "东关街道"]


@pytest.mark.parametrize("words", [("镇街", "部门"), ("镇街、部门",), ("东关街道", "区人力资源和社会保障局、区住建局")])
def test_units_are_named_by_group_name_or_alias_in_one_word_or_several(
    run: Run, board: Path, words: tuple[str, ...]
) -> None:
    assert run("settle", "8.1", "--units", *words, "--reason", "明确", "--at", "2023-02-02", "--json")[0] == 0
    assert {lamp["unit"] for lamp in lamps(run, "2023-02-02", "--task", "8.1")} == {"东关街道", "区人社局", "区住建局"}


def test_a_settled_year_takes_the_doubt_away_from_its_day_on(run: Run, board: Path) -> None:
    assert (
        run("settle", "2.1", "--deadline", "2023-12-31", "--reason", "年度笔误", "--at", "2023-02-01T00:00", "--json")[
            0
        ]
        == 0
    )
    assert lamp(run, "2023-01-31", "2.1.1", "区人社局")["deadline"] == "2021-12-31"
    assert lamp(run, "2023-01-31", "2.1.1", "区人社局")["lamp"] == "doubt"
    assert lamp(run, "2023-02-01", "2.1.1", "区人社局")["lamp"] == "on_track"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("9.9", "--deadline", "2023-08-30", "--reason", "无"), "9.9"),
        (("5.1", "--reason", "无"), "完成时限"),
        (("5.1", "--units", "区某局", "--reason", "无"), "区某局"),
        (("5.1", "--deadline", "8月底", "--reason", "无"), "8月底"),
        (("5.1", "--deadline", "2023-08-30"), "--reason"),
        (("5.1", "--deadline", "2023-08-30", "--reason", " "), "理由"),
    ],
)
def test_a_ruling_that_does_not_hold_together_is_refused(
    run: Run, board: Path, arguments: tuple[str, ...], words: str
) -> None:
    refused(run("settle", *arguments, "--json"), words)


# ---- target ----


@pytest.mark.long
def test_a_changed_target_holds_from_its_day_on(run: Run, board: Path) -> None:
    send(run, board, "guides", {"事项": [GUIDE, GUIDE | {"实施编码": "A2", "到办事现场次数": 0}]}, "2023-02-01T09:00")
    assert (
        run("target", "zero_visit_share", "--value", "60%", "--reason", "提高", "--at", "2023-02-03", "--json")[0] == 0
    )
    before, after = (lamp(run, day, "1.3.2", "区人社局") for day in ("2023-02-02", "2023-02-03"))
    assert (before["lamp"], before["indicators"][0]["target"]) == ("done", 0.5)
    assert (after["lamp"], after["indicators"][0]["target"], after["indicators"][0]["met"]) == ("on_track", 0.6, False)


@pytest.mark.long
def test_an_increase_is_in_doubt_before_its_baseline_and_must_exceed_it(run: Run, board: Path) -> None:
    row = {"月份": "2023-01", "责任单位": "三维数字中心", "中介超市选取次数": 5}
    assert run("settle", "8.2", "--units", "三维数字中心", "--reason", "明确", "--at", "2023-01-02", "--json")[0] == 0
    send(run, board, "engineering_monthly", [row], "2023-02-01T09:00", "--month", "2023-01", unit="三维数字中心")
    for baseline, day in (("5", "2023-02-02"), ("4", "2023-02-03")):
        assert (
            run(
                "target",
                "intermediary_selections",
                "--baseline",
                baseline,
                "--reason",
                "上年同期",
                "--at",
                day,
                "--json",
            )[0]
            == 0
        )
    seen = [lamp(run, day, "8.2.1", "三维数字中心") for day in ("2023-02-01", "2023-02-02", "2023-02-03")]
    assert [judged["lamp"] for judged in seen] == ["doubt", "on_track", "done"]
    assert [judged["indicators"][0] for judged in seen[::2]] == [
        {
            "code": "intermediary_selections",
            "numerator": 5,
            "denominator": None,
            "value": 5,
            "target": target,
            "met": met,
        }
        for target, met in ((None, None), (4, True))
    ]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("weather", "--value", "1", "--reason", "无"), "weather"),
        (("zero_visit_share", "--reason", "无"), "目标值或基数"),
        (("zero_visit_share", "--baseline", "1", "--reason", "无"), "增长"),
        (("zero_visit_share", "--value", "一半", "--reason", "无"), "一半"),
        (("zero_visit_share", "--value", "0.6"), "--reason"),
    ],
)
def test_a_target_that_does_not_hold_together_is_refused(
    run: Run, board: Path, arguments: tuple[str, ...], words: str
) -> None:
    refused(run("target", *arguments, "--json"), words)


# ---- init ----


@pytest.mark.long
def test_init_again_loses_nothing(run: Run, board: Path) -> None:
    send(run, board, "guides", {"事项": [GUIDE | {"到办事现场次数": 0}]}, "2023-02-01T09:00")
    run("settle", "2.1", "--deadline", "2023-12-31", "--reason", "年度笔误", "--at", "2023-02-01")
    before = lamps(run, "2023-02-10")
    assert run("init", "--json")[0] == 0
    assert lamps(run, "2023-02-10") == before


def test_units_that_come_later_answer_for_the_groups_from_the_beginning(run: Run, board: Path) -> None:
    more = file(board, "units", [*UNITS, {"单位名称": "西关街道", "单位类别": "镇街"}], "单位.xlsx")
    assert run("init", "--units", more, "--json")[0] == 0
    assert lamp(run, "2023-02-07", "1.2.1", "西关街道")["lamp"] == "not_reported"


@pytest.mark.long
def test_a_plan_of_its_own_with_codes_like_1_10_in_the_order_of_the_workbook(
    run: Run, empty_database: str, tmp_path: Path
) -> None:
    tasks = [
        TASK | {"任务编号": code, "完成时限": words}
        for code, words in (
            ("1.9", "8底前"),
            ("1.10", "９月３０日前"),
            ("1.11", "十月底前"),
            ("1.12", "年底前"),
            ("1.13", "尽快"),
            ("1.14", "2024年3月底前"),
            ("1.15", None),
        )
    ]
    codes = [
        "zero_visit_share",
        "on_the_spot_share",
        "keyword_coverage",
        "hall_presence_rate",
        "same_source_rate",
        "item_claim_rate",
        "case_push_rate",
    ]
    measures = [
        MEASURE | {"举措编号": f"{task['任务编号']}.1", "任务编号": task["任务编号"], "指标编码": code}
        for task, code in zip(tasks, codes, strict=True)
    ]
    folder = tmp_path
    assert (
        run(
            "init",
            "--plan",
            plan(folder, tasks, measures),
            "--units",
            file(folder, "units", UNITS[:1], "单位.xlsx"),
            "--json",
        )[0]
        == 0
    )
    assert [(lamp["task"], lamp["deadline"], lamp["lamp"]) for lamp in lamps(run, "2023-01-10")] == [
        ("1.9", "2023-08-31", "on_track"),
        ("1.10", "2023-09-30", "on_track"),
        ("1.11", "2023-10-31", "on_track"),
        ("1.12", "2023-12-31", "on_track"),
        ("1.13", None, "doubt"),
        ("1.14", "2024-03-31", "on_track"),
        ("1.15", None, "doubt"),
    ]


@pytest.mark.long
@pytest.mark.parametrize(
    ("task", "measure", "words"),
    [
        ({}, {"指标编码": "weather"}, "weather"),
        ({}, {"目标值": "多多益善"}, "多多益善"),
        ({}, {"任务编号": "7.7"}, "7.7"),
        ({"任务编号": None}, {}, "任务编号"),
    ],
)
def test_a_plan_that_does_not_hold_together_is_refused_with_its_first_wrong_cell(
    run: Run, empty_database: str, tmp_path: Path, task: dict[str, Any], measure: dict[str, Any], words: str
) -> None:
    refused(run("init", "--plan", plan(tmp_path, [TASK | task], [MEASURE | measure]), "--json"), words)


@pytest.mark.long
def test_a_board_begins_with_a_plan_of_areas_datasets_and_indicators_of_its_own(
    run: Run, empty_database: str, tmp_path: Path
) -> None:
    units, own = tmp_path / "units.xlsx", tmp_path / "方案.xlsx"
    units.write_bytes(workbook("units", UNITS))
    own.write_bytes(plan_workbook(DECLARING))
    status, document, _ = run("init", "--plan", own, "--units", units, "--json")
    assert (status, document["tasks"], document["doubts"]) == (0, 1, [])
    listed = run("plan", "list", "--json")[1]["plans"]
    assert [(row["code"], row["title"]) for row in listed] == [("2024-YS", "2024年营商环境方案")]
    standing = run("lamps", "--as-of", "2024-01-10", "--json")[1]["lamps"]
    assert {(lamp["area"], lamp["measure"], lamp["lamp"]) for lamp in standing} == {("证照归集", "1.1.1", "on_track")}


@pytest.mark.long
def test_one_indicator_judges_several_measures_each_by_its_own_target(
    run: Run, empty_database: str, tmp_path: Path
) -> None:
    folder, units = tmp_path, tmp_path / "units.xlsx"
    units.write_bytes(workbook("units", UNITS))
    measures = [MEASURE, MEASURE | {"举措编号": "1.3.4", "目标值": "80%"}]
    assert run("init", "--plan", plan(folder, [TASK], measures), "--units", units, "--json")[0] == 0
    targets = [lamp(run, "2023-03-01", code, "区人社局")["indicators"][0]["target"] for code in ("1.3.2", "1.3.4")]
    assert targets == [0.5, 0.8]


@pytest.mark.long
def test_a_task_for_units_that_are_not_in_the_list_is_in_doubt(run: Run, empty_database: str, tmp_path: Path) -> None:
    folder = tmp_path
    done = run(
        "init",
        "--plan",
        plan(folder, [TASK | {"责任单位": "区某局"}]),
        "--units",
        file(folder, "units", UNITS, "单位.xlsx"),
        "--json",
    )
    assert done[0] == 0
    assert [(lamp["unit"], lamp["lamp"]) for lamp in lamps(run, "2023-01-10")] == [(None, "doubt")]


def test_another_plan_takes_the_place_of_one_that_nobody_has_used(run: Run, board: Path) -> None:
    assert run("init", "--plan", plan(board, [TASK | {"年度": 2024}]), "--json")[0] == 0
    assert {(lamp["measure"], lamp["deadline"]) for lamp in lamps(run, "2024-01-10")} == {("1.3.2", "2024-07-30")}


@pytest.mark.long
def test_next_years_plan_does_not_overwrite_a_year_that_was_reported(run: Run, board: Path) -> None:
    send(run, board, "guides", {"事项": [GUIDE]}, "2023-02-01T09:00")
    before = lamps(run, "2023-08-22")
    refused(run("init", "--plan", plan(board, [TASK | {"年度": 2024}]), "--json"), "2023年方案")
    assert lamps(run, "2023-08-22") == before


@pytest.mark.parametrize("option", ["--plan", "--units"])
def test_a_file_that_is_not_there_or_not_a_workbook_is_refused(run: Run, board: Path, option: str) -> None:
    refused(run("init", option, board / "没有.xlsx", "--json"), "没有.xlsx")
    (board / "坏.xlsx").write_bytes(b"not a workbook")
    refused(run("init", option, board / "坏.xlsx", "--json"), "坏.xlsx")
