"""spot-check: the contract of supervision_cli.md from the draw to the decision, and every refusal."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from data_access.database import data_version, forget_engine, writing
from data_access.settings import set_setting
from models.people import Person, Role
from models.spot_checks import Record, SpotCheck, State
from rules.as_of import SHANGHAI, parse_instant
from services.access.current_user import acting_as
from services.access.refusal import RefusedRequest
from services.board.district import district_as_of
from services.guides.manual_checks import questions
from services.spot_checks import field_sheets
from services.spot_checks.acts import answer_until, opens_on, settle
from services.spot_checks.showing import spot_check_now
from tests.commands.conftest import Run
from tests.commands.files import Answer, write
from tests.conftest import of_its_own
from tests.engines import Engine

ITEM = ["实施编码", "事项名称", "责任单位", "咨询电话", "监督电话", "外部流程图", "是否特殊事项", "特殊事项原因"]
BAD = ["差评编号", "责任单位", "事项名称", "差评时间", "是否实名", "是否回访", "是否误评", "整改完成时间"]
DRAWN = "2023-09-02T09:00"
UNITS = ("区人社局", "区住建局", "东关街道")


def guides_of(unit: str, number: int) -> list[list[object]]:
    place = UNITS.index(unit) + 1
    return [
        [f"G{place}-{n}", f"事项{n}", unit, f"0931-{place}00000{n}", "12345", "图.png" if n % 2 else None,
         "是" if n == 2 else None, "需现场核验" if n == 2 else None]
        for n in range(1, number + 1)
    ]  # fmt: skip


@pytest.fixture(scope="module")
def reported_once() -> list[str]:
    """The address of the database with the reports, once a test has made it."""
    return []


@pytest.fixture
def reported(
    databases: Engine,
    run: Run,
    district: str,
    reported_once: list[str],
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Run]:
    """Three units with guides, the first with bad ratings."""
    if not reported_once:
        _report(run, tmp_path)
        forget_engine()  # one whole file
        reported_once.append(databases.copy(district, tmp_path_factory.mktemp("reported")))
    forget_engine()
    for _ in of_its_own(databases, databases.copy(reported_once[0], tmp_path), monkeypatch):
        yield run


def _report(run: Run, tmp_path: Path) -> None:
    for unit, number in zip(UNITS, (6, 4, 2), strict=True):
        path = write(tmp_path / f"{unit}.xlsx", {"事项": [ITEM, *guides_of(unit, number)]})
        done = run("import", path, "--unit", unit, "--dataset", "guides", "--at", "2023-08-01T09:00", "--json")
        assert done.status == 0, done.json
    rows = [
        ["B1", "区人社局", "社保卡", "2023-07-03 10:00", "是", "是", None, "2023-07-03"],
        ["B2", "区人社局", "社保卡", "2023-07-04 10:00", "是", "否", "是", None],
        ["B3", "区人社局", "社保卡", "2023-07-05 10:00", "否", "否", None, None],
        ["B4", "区人社局", "社保卡", "2023-07-06 10:00", "否", "否", None, "2023-09-30"],
    ]
    path = write(tmp_path / "差评.xlsx", [BAD, *rows])
    done = run("import", path, "--unit", "区人社局", "--dataset", "bad_reviews", "--month", "2023-07",
               "--at", "2023-08-01T10:00", "--json")  # fmt: skip
    assert done.status == 0, done.json


Filled = Callable[..., Answer]


def draw(run: Run, kind: str, *arguments: object, at: str = DRAWN) -> Any:
    answer = run("spot-check", "draw", kind, *arguments, "--at", at, "--json")
    assert answer.status == 0, answer.stderr
    return answer.json


def show(run: Run, number: str = "2023-1", *arguments: str) -> Any:
    return run("spot-check", "show", number, *arguments, "--json").json


@pytest.fixture
def fill(reported: Run, tmp_path: Path) -> Filled:
    """The field sheet, filled in by row: {key: {heading begins: value}}; all else 是, and recorded."""

    def fill_and_record(
        number: str,
        answers: dict[str, dict[str, object]],
        at: str = "2023-09-05T12:00",
        *,
        blank: set[str] = frozenset(),
    ) -> Answer:
        path = tmp_path / "现场表.xlsx"
        assert reported("spot-check", "sheet", number, "--out", path, "--json").status == 0
        book = load_workbook(path)
        sheet = book["抽查记录"]
        head = next(row for row in range(1, 30) if sheet.cell(row, 1).value == "序号")
        headings = [str(sheet.cell(head, column).value) for column in range(1, sheet.max_column + 1)]
        for row in range(head + 1, sheet.max_row + 1):
            key = sheet.cell(row, 2).value
            if key in blank:
                continue
            values = {"核查人": "张三", "核查时间": datetime(2023, 9, 5, 10)} | answers.get(key, {})
            for column, heading in enumerate(headings, 1):
                said = next((value for start, value in values.items() if heading.startswith(start)), None)
                if said is None and heading.startswith("问") and "无法核查" not in values:
                    said = "是" if sheet.cell(row, column).value is None else None
                if said is not None:
                    sheet.cell(row, column, said if said != "" else None)
        book.save(path)
        return reported("spot-check", "record", number, path, "--at", at, "--json")

    return fill_and_record


@pytest.mark.long
def test_a_draw_holds_what_a_stranger_needs_to_draw_again(reported: Run) -> None:
    drawn = draw(reported, "guides", "--method", "simple", "--size", "4", "--seed", "种子", "--as-of", "2023-09-01")
    keys = [f"{unit}|{row[0]}" for unit, n in zip(UNITS, (6, 4, 2), strict=True) for row in guides_of(unit, n)]
    order = sorted((sha256(f"种子|{key}".encode()).hexdigest(), key) for key in keys)
    assert [(element["ticket"], element["key"]) for element in drawn["sample"]] == order[:4]
    assert [(element["ticket"], element["key"]) for element in drawn["reserve"]] == order[4:]
    assert drawn["digest"] == sha256("\n".join(sorted(keys)).encode()).hexdigest()
    assert (drawn["number"], drawn["state"], drawn["attempt"], drawn["population"]) == ("2023-1", "drawn", 1, 12)
    assert drawn["at"] == "2023-09-02T09:00:00+08:00"
    assert [(stratum["unit"], stratum["population"]) for stratum in drawn["strata"]] == [
        ("区人社局", 6), ("区住建局", 4), ("东关街道", 2),
    ]  # fmt: skip


def test_a_guide_is_asked_of_its_chart_where_it_has_one_and_of_its_reason_where_it_is_special(reported: Run) -> None:
    sample = draw(reported, "guides", "--method", "simple")["sample"]
    questions_of = {element["key"]: element["questions"] for element in sample}
    assert questions_of["区人社局|G1-1"] == ["q1", "q2", "q3"]
    assert questions_of["区人社局|G1-2"] == ["q2", "q3", "q4"]


def test_bad_ratings_without_a_question_are_no_elements(reported: Run) -> None:
    sample = draw(reported, "bad_reviews", "--method", "risk")["sample"]
    drawn = {e["key"].split("|")[1]: (e["questions"], e["signals"], e["weight"]) for e in sample}
    assert drawn == {
        "B1": (["q1", "q2"], ["not_reported", "same_day"], 3),
        "B2": (["q3"], ["not_reported", "untrue"], 3),
    }
    assert all(element["certain"] and element["probability"] == 1 for element in sample)


def test_a_number_of_several_units_is_an_element_of_each_and_shared(reported: Run) -> None:
    sample = draw(reported, "phones", "--method", "risk")["sample"]
    shared = {element["key"] for element in sample if "shared" in element["signals"]}
    assert shared == {f"{unit}|12345" for unit in UNITS}
    assert len(sample) == 15


REVIEW = ["办件编号", "评价次数", "事项名称", "责任单位", "评价渠道", "满意度", "评价时间"]


@pytest.mark.long
def test_a_rating_stands_as_the_later_ledger_has_it_and_default_ones_are_left_out(run: Run, tmp_path: Path) -> None:
    """R1 is in both months; R2 became a default rating; R3 went over to another unit; R4 is a default one."""
    june = [
        ["R1", None, "社保卡", "区人社局", "二维码", "满意", "2023-06-03 10:00"],
        ["R2", None, "社保卡", "区人社局", "二维码", "满意", "2023-06-04 10:00"],
        ["R3", None, "社保卡", "区人社局", "二维码", "满意", "2023-06-05 10:00"],
        ["R4", None, "社保卡", "区人社局", "系统默认", "满意", "2023-06-06 10:00"],
        ["R5", 2, "社保卡", "区住建局", "短信", "满意", "2023-06-07 10:00"],
    ]
    july = [
        ["R1", None, "社保卡", "区人社局", "短信", "满意", "2023-06-03 10:00"],
        ["R2", None, "社保卡", "区人社局", "系统默认", "满意", "2023-06-04 10:00"],
        ["R3", None, "社保卡", "区住建局", "二维码", "满意", "2023-06-05 10:00"],
    ]

    def drawn(*arguments: str) -> set[str]:
        return {element["key"] for element in draw(run, "reviews", *arguments)["sample"]}

    for month, rows in (("2023-06", june), ("2023-07", july)):
        path = write(tmp_path / f"{month}.xlsx", [REVIEW, *rows])
        sent = run("import", path, "--district", "--dataset", "reviews", "--month", month, "--at", f"{month}-28T09:00",
                   "--json")  # fmt: skip
        assert sent.status == 0, sent.json
    everything = {"区人社局|R1|1", "区住建局|R3|1", "区住建局|R5|2"}
    assert drawn("--method", "simple") == drawn("--method", "risk") == everything
    june_alone = {"区人社局|R1|1", "区人社局|R2|1", "区人社局|R3|1", "区住建局|R5|2"}
    assert drawn("--method", "simple", "--from", "2023-06", "--to", "2023-06") == june_alone
    assert drawn("--method", "simple", "--units", "区住建局") == {"区住建局|R3|1", "区住建局|R5|2"}
    nothing = act(run, "draw", "reviews", "--method", "simple", "--to", "2023-02", "--at", DRAWN)
    assert nothing.status == 2
    assert "有数据的月份：2023-06、2023-07" in nothing.stderr


def test_what_is_drawn_is_told_again_by_show_and_list(reported: Run) -> None:
    drawn = draw(reported, "guides", "--method", "stratified", "--size", "1", "--seed", "s")
    shown = show(reported, "2023-1", "--population", "--verify")
    assert shown.pop("reproduced") is True
    assert [entry["key"] for entry in shown.pop("keys")] == sorted(
        f"{unit}|{row[0]}" for unit, n in zip(UNITS, (6, 4, 2), strict=True) for row in guides_of(unit, n)
    )
    assert shown == drawn
    assert drawn["size"]["n"] == 3  # one of each unit
    assert reported("spot-check", "list", "--as-of", "2023-09-02", "--json").json == {
        "spot_checks": [
            {
                "number": "2023-1", "kind": "guides", "method": "stratified", "as_of": "2023-09-01",
                "state": "drawn", "population": 12, "sample": 3,
            }
        ]
    }  # fmt: skip
    assert reported("spot-check", "list", "--as-of", "2023-09-01", "--json").json == {"spot_checks": []}


@pytest.mark.long
def test_what_is_entered_for_the_as_of_day_later_shows_in_the_verification(reported: Run, tmp_path: Path) -> None:
    draw(reported, "guides", "--method", "simple", "--size", "2")
    path = write(tmp_path / "补录.xlsx", {"事项": [ITEM, *guides_of("区人社局", 5)]})
    reported("import", path, "--unit", "区人社局", "--dataset", "guides", "--at", "2023-08-20T09:00", "--json")
    answer = reported("spot-check", "show", "2023-1", "--verify", "--json")
    assert answer.status == 1
    assert answer.json["reproduced"] is False


def test_a_try_stores_nothing(reported: Run) -> None:
    before = data_version()
    drawn = draw(reported, "guides", "--method", "simple", "--size", "2", "--dry-run")
    assert drawn["number"] is None
    assert data_version() == before


@pytest.mark.long
def test_the_attempts_of_the_same_population_are_counted_voided_ones_too(reported: Run) -> None:
    draw(reported, "guides", "--method", "simple", "--size", "2")
    reported("spot-check", "void", "2023-1", "--reason", "试用", "--at", "2023-09-02T10:00", "--json")
    assert draw(reported, "guides", "--method", "risk", "--size", "2", at="2023-09-02T11:00")["attempt"] == 2
    assert draw(reported, "guides", "--method", "risk", "--units", "东关街道", at="2023-09-02T12:00")["attempt"] == 1
    assert show(reported)["state"] == "void"


def test_an_extension_keeps_what_was_drawn_and_takes_the_next(reported: Run) -> None:
    drawn = draw(reported, "guides", "--method", "simple", "--size", "3", "--seed", "s")
    more = reported("spot-check", "extend", "2023-1", "--by", "2", "--at", "2023-09-03T09:00", "--json").json
    assert more["sample"][:3] == drawn["sample"]
    assert [element["key"] for element in more["sample"][3:]] == [element["key"] for element in drawn["reserve"][:2]]
    assert show(reported, "2023-1", "--verify")["reproduced"] is True


@pytest.mark.long
def test_an_extension_comes_after_all_that_was_entered_of_the_check(reported: Run, fill: Filled) -> None:
    """Otherwise a check that was told, closed or voided meanwhile would get elements that nobody checks any more."""
    draw(reported, "guides", "--method", "simple", "--size", "3", "--seed", "s")

    def refused_at(at: str) -> str:
        before = data_version()
        answer = act(reported, "extend", "2023-1", "--by", "1", "--at", at)
        assert answer.status == 2 and data_version() == before
        return answer.stderr

    act(reported, "extend", "2023-1", "--by", "1", "--at", "2023-09-04T09:00")
    assert "2023-09-04 09:00 已有记录" in refused_at("2023-09-03T09:00")
    assert fill("2023-1", {}).json["unrecorded"] == 0
    assert "2023-09-05 12:00 已有记录" in refused_at("2023-09-05T11:00")
    act(reported, "release", "2023-1", "--at", "2023-09-06T09:00")
    assert "不能续抽" in refused_at("2023-09-05T13:00")
    draw(reported, "guides", "--method", "simple", "--size", "3", "--seed", "t")
    act(reported, "void", "2023-2", "--reason", "试用", "--at", "2023-09-08T09:00")
    assert act(reported, "extend", "2023-2", "--by", "1", "--at", "2023-09-05T09:00").status == 2


@pytest.mark.long
@pytest.mark.parametrize(("method", "ranked"), [("risk", []), ("simple", ["区人社局"]), ("stratified", ["区人社局"])])
def test_units_are_ranked_where_enough_of_each_was_checked_and_never_by_a_risk_sample(
    reported: Run, fill: Filled, method: str, ranked: list[str]
) -> None:
    """What was drawn for its risk says how many wrong ones were found, not who is better."""
    draw(reported, "guides", "--method", method, "--seed", "s")
    assert fill("2023-1", {}).status == 0
    units = estimated(reported)["units"]
    assert {unit["unit"]: unit["checked"] for unit in units} == {"区人社局": 6, "区住建局": 4, "东关街道": 2}
    assert [unit["unit"] for unit in units if unit["ranked"]] == ranked


@pytest.mark.long
def test_a_failing_guide_weighs_more_in_the_next_draw_of_its_unit(reported: Run, fill: Filled) -> None:
    draw(reported, "guides", "--method", "simple", "--units", "东关街道")
    fill("2023-1", {"东关街道|G3-1": {"问2": "否", "情况说明": "材料多要一份"}})
    weighed = draw(reported, "guides", "--method", "risk", "--as-of", "2023-09-05", at="2023-09-06T09:00")["sample"]
    failed = {element["unit"] for element in weighed if "earlier_failure" in element["signals"]}
    assert failed == {"东关街道"}
    before = draw(reported, "guides", "--method", "risk", "--as-of", "2023-09-04", at="2023-09-06T09:00")["sample"]
    assert not any("earlier_failure" in element["signals"] for element in before)


@pytest.mark.long
def test_a_filled_sheet_is_recorded_and_estimated(reported: Run, fill: Filled) -> None:
    draw(reported, "guides", "--method", "simple", "--size", "4", "--seed", "s")
    keys = [element["key"] for element in show(reported)["sample"]]
    answer = fill(
        "2023-1",
        {keys[0]: {"问2": "否", "情况说明": "不一致"}, keys[1]: {"无法核查": "是", "情况说明": "停电"}},
        blank={keys[3]},
    )
    assert answer.status == 0, answer.json
    assert (answer.json["accepted"], answer.json["recorded"], answer.json["unrecorded"]) == (True, 3, 1)
    estimate = estimated(reported)
    assert (estimate["sample"], estimate["unrecorded"], estimate["claim"], estimate["why"]) == (
        4, 1, "none", "incomplete",
    )  # fmt: skip
    assert fill("2023-1", {}, blank={*keys[:3]}).json["unrecorded"] == 0
    estimate = estimated(reported)
    assert (estimate["pass"], estimate["fail"], estimate["unable"]) == (2, 1, 1)
    assert (estimate["claim"], estimate["why"]) == ("none", "too-many-unable")


def estimated(run: Run, number: str = "2023-1", as_of: str = "2023-09-05") -> Any:
    return run("spot-check", "estimate", number, "--as-of", as_of, "--json").json


def test_an_estimate_counts_things_and_compares_with_what_the_units_say(reported: Run, fill: Filled) -> None:
    draw(reported, "guides", "--method", "simple", "--size", "6", "--seed", "s")
    keys = [element["key"] for element in show(reported)["sample"]]
    assert fill("2023-1", {keys[0]: {"问2": "否", "情况说明": "不一致"}}).status == 0
    estimate = estimated(reported)
    assert (estimate["complete"], estimate["claim"], estimate["why"]) == (True, "population", None)
    assert estimate["method"] == "hypergeometric"
    assert (estimate["rate"], estimate["low_count"], estimate["high_count"]) == (5 / 6, 6, 11)
    assert estimate["self_report"] == {
        "claimed": 6, "borne_out": 5, "false": 1, "understated": 0, "false_rate": 1 / 6,
    }  # fmt: skip
    assert estimate["questions"][1] == {"code": "q2", "asked": 6, "yes": 5, "no": 1}
    assert sum(unit["sample"] for unit in estimate["units"]) == 6
    assert estimated(reported, as_of="2023-09-04")["unrecorded"] == 6


WRONG = [
    ({"问1": "否", "第一次拨打": datetime(2023, 9, 5, 9, 5), "第二次拨打": datetime(2023, 9, 5, 9, 30)},
     [("第二次拨打", "attempts-too-close"), ("情况说明", "missing-value")]),
    ({"问1": "否", "情况说明": "无人", "第一次拨打": datetime(2023, 9, 5, 12, 30)},
     [("第一次拨打", "outside-hours"), ("第二次拨打", "attempt-missing")]),
    ({"问1": "否", "情况说明": "无", "第一次拨打": datetime(2023, 9, 3, 9, 30),
      "第二次拨打": datetime(2023, 9, 4, 9, 30)},
     [("第一次拨打", "outside-hours")]),
    ({"核查时间": datetime(2023, 9, 1, 9)}, [("核查时间", "out-of-range")]),
    ({"核查时间": datetime(2023, 9, 6, 9)}, [("核查时间", "out-of-range")]),
    ({"核查人": ""}, [("核查人", "missing-value")]),
    ({"问2": ""}, [("问2：号码确为该单位该业务所用", "answer-missing")]),
    ({"问1": "也许"}, [("问1：工作时间拨打，有人接听", "not-yes-or-no")]),
    ({"编号": "区人社局|000"}, [("编号", "unknown-element")]),
]  # fmt: skip


@pytest.mark.parametrize(("row", "problems"), WRONG)
def test_a_wrong_cell_is_told_and_nothing_is_stored(
    reported: Run, fill: Filled, row: dict[str, object], problems: list[tuple[str, str]]
) -> None:
    draw(reported, "phones", "--method", "simple", "--size", "2", "--seed", "s")
    keys = [element["key"] for element in show(reported)["sample"]]
    before = data_version()
    answer = fill("2023-1", {keys[0]: row})
    assert answer.status == 1
    assert (answer.json["accepted"], answer.json["recorded"], answer.json["unrecorded"]) == (False, 0, 2)
    wrong = [(error["field"], error["code"]) for error in answer.json["errors"] if error["severity"] == "error"]
    assert set(problems) <= set(wrong)
    assert all(error["cell"] for error in answer.json["errors"])
    assert data_version() == before


def test_two_calls_within_the_hours_half_an_hour_apart_make_a_number_unanswered(reported: Run, fill: Filled) -> None:
    draw(reported, "phones", "--method", "simple", "--size", "2", "--seed", "s")
    keys = [element["key"] for element in show(reported)["sample"]]
    calls = {"第一次拨打": datetime(2023, 9, 5, 9, 0), "第二次拨打": datetime(2023, 9, 5, 9, 30)}
    unanswered = {"问1": "否", "问2": "", "问3": "", "情况说明": "无人接听", **calls}
    answer = fill("2023-1", {keys[0]: unanswered})
    assert answer.status == 0, answer.json
    questions = {question["code"]: question["asked"] for question in estimated(reported)["questions"]}
    assert questions == {"q1": 2, "q2": 1, "q3": 1}


@pytest.mark.long
def test_what_is_no_longer_asked_after_a_no_is_told_and_not_counted_as_on_screen(
    reported: Run, fill: Filled, tmp_path: Path
) -> None:
    """q2 and q3 of a telephone are asked once it was answered; a blank q1 beside them is a mistake as before."""
    draw(reported, "phones", "--method", "simple", "--size", "2", "--seed", "s")
    keys = [element["key"] for element in show(reported)["sample"]]
    calls = {"第一次拨打": datetime(2023, 9, 5, 9, 0), "第二次拨打": datetime(2023, 9, 5, 9, 30)}
    answer = fill("2023-1", {keys[0]: {"问1": "", "问2": "是", "问3": ""}})
    assert answer.status == 1 and answer.problems("field", "code")[0] == (
        "问1：工作时间拨打，有人接听", "answer-missing",
    )  # fmt: skip
    answer = fill("2023-1", {keys[0]: {"问1": "否", "问2": "否", "问3": "", "情况说明": "无人接听", **calls}})
    assert answer.status == 0, answer.json
    assert answer.problems("code", "severity") == [("not-asked", "warning")]
    questions = {question["code"]: question["asked"] for question in estimated(reported)["questions"]}
    assert questions == {"q1": 2, "q2": 1, "q3": 1}


@pytest.mark.long
def test_a_sheet_recorded_twice_is_the_same_once(reported: Run, fill: Filled) -> None:
    draw(reported, "guides", "--method", "simple", "--size", "2", "--seed", "s")
    keys = [element["key"] for element in show(reported)["sample"]]
    fill("2023-1", {})
    fill("2023-1", {keys[0]: {"问2": "否", "情况说明": "后来发现"}}, "2023-09-06T12:00")
    assert (estimated(reported)["fail"], estimated(reported, as_of="2023-09-06")["fail"]) == (0, 1)


def test_a_sheet_overtaken_by_what_another_enters_meanwhile_is_told_so(
    reported: Run, fill: Filled, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = draw(reported, "guides", "--method", "simple", "--size", 3)["number"]
    read = field_sheets._read

    def another_enters_meanwhile(content: bytes, name: str, check: SpotCheck, *more: Any) -> Any:
        element = check.elements[0]
        answers = {question.code: False for question in element.questions}
        entered = Record(element.key, "李四", datetime(2023, 9, 5, 11, tzinfo=SHANGHAI), answers, False, "与现场不符")
        with acting_as(Person("督查室", Role.INSPECTOR)):
            field_sheets.record_one(number, entered, 0, at=datetime(2023, 9, 5, 11, 30, tzinfo=SHANGHAI))
        return read(content, name, check, *more)

    monkeypatch.setattr(field_sheets, "_read", another_enters_meanwhile)
    answer = fill(number, {})
    assert answer.status == 2 and "刚才已由督查室录入（核查人李四），您的没有保存" in answer.stderr
    assert reported("spot-check", "estimate", number, "--as-of", "2023-09-06", "--json").json["unrecorded"] == 2


@pytest.fixture
def released(reported: Run, fill: Filled) -> Run:
    """One guide of 东关街道 found wrong, told on Wednesday 6 September 2023."""
    draw(reported, "guides", "--method", "simple", "--units", "东关街道", "--seed", "s")
    fill("2023-1", {"东关街道|G3-1": {"问1": "否", "情况说明": "图上没有时限"}})
    assert act(reported, "release", "2023-1", "--at", "2023-09-06T09:00").json["state"] == "released"
    return reported


def act(run: Run, *arguments: str) -> Answer:
    return run("spot-check", *arguments, "--json")


KEY = ("--key", "东关街道|G3-1")


@pytest.mark.long
def test_the_days_to_answer_are_those_that_were_set_when_the_unit_was_told(released: Run) -> None:
    """Told on a Wednesday with three working days; that it is ten for later checks changes nothing, on the page and in
    the to-do neither.
    """
    with writing() as session:
        later = parse_instant("2023-09-07T00:00")
        set_setting(session, "objection_days", 10, since=later, reason="放宽", by="管理局")
    with acting_as(Person("管理局", Role.BUREAU)):
        check = spot_check_now("2023-1")
        state = district_as_of(date(2023, 9, 8))
        assert opens_on(check, check.findings[0], state.calendar) == date(2023, 9, 12)
        assert answer_until(check, state.calendar) == date(2023, 9, 11)
    todo = released("todo", "--role", "unit", "--unit", "东关街道", "--as-of", "2023-09-08", "--json").json["items"]
    assert [item["due"] for item in todo if item["what"] == "finding-to-answer"] == ["2023-09-11"]
    assert act(released, "decide", "2023-1", *KEY, "--confirm", "--at", "2023-09-12T00:10").status == 0


def test_a_finding_that_nobody_answered_opens_after_three_working_days(released: Run) -> None:
    early = act(released, "decide", "2023-1", *KEY, "--confirm", "--at", "2023-09-11T23:00")
    assert early.status == 2
    assert "2023-09-12" in early.stderr
    assert act(released, "decide", "2023-1", *KEY, "--confirm", "--at", "2023-09-12T00:10").status == 0
    again = act(released, "decide", "2023-1", *KEY, "--confirm", "--at", "2023-09-13T09:00")
    assert again.status == 2


@pytest.mark.long
def test_an_answer_of_the_unit_opens_it_at_once_and_a_dropped_one_counts_as_passed(released: Run) -> None:
    act(released, "respond", "2023-1", *KEY, "--object", "图在新版中", "--at", "2023-09-07T09:00")
    dropped = act(released, "decide", "2023-1", *KEY, "--drop", "属实", "--at", "2023-09-07T10:00")
    assert dropped.json == {"number": "2023-1", "state": "closed"}
    assert estimated(released, as_of="2023-09-06")["fail"] == 1
    assert estimated(released, as_of="2023-09-07")["fail"] == 0


@pytest.mark.long
def test_a_confirmed_finding_is_closed_by_the_rectification_it_becomes(released: Run) -> None:
    act(released, "respond", "2023-1", *KEY, "--accept", "--at", "2023-09-07T09:00")
    assert act(released, "decide", "2023-1", *KEY, "--confirm", "--at", "2023-09-07T10:00").json["state"] == "released"
    opened = released(
        "rectification", "open", "--unit", "东关街道", "--issue", "流程图没有时限",
        "--source", "spot-check:2023-1:东关街道|G3-1", "--at", "2023-09-07T11:00", "--json",
    )  # fmt: skip
    assert opened.status == 0, opened.stderr
    assert show(released)["state"] == "closed"


@pytest.mark.long
def test_why_no_rectification_is_opened_is_said_once(released: Run) -> None:
    act(released, "respond", "2023-1", *KEY, "--accept", "--at", "2023-09-07T09:00")
    act(released, "decide", "2023-1", *KEY, "--confirm", "--at", "2023-09-07T10:00")
    with acting_as(Person("管理局", Role.BUREAU)):
        at = parse_instant("2023-09-07T11:00")
        assert settle("2023-1", KEY[1], reason="已当场改正", at=at).state is State.CLOSED
        with pytest.raises(RefusedRequest, match="已于 2023-09-07 由管理局说明不立整改事项"):
            settle("2023-1", KEY[1], reason="已当场改正", at=at)


@pytest.mark.long
def test_what_happened_to_findings_is_entered_later_one_after_another_or_in_turn(reported: Run, fill: Filled) -> None:
    """Of each finding an act comes after what was entered of it and after the release; the others do not hinder it."""
    keys = ["东关街道|G3-1", "东关街道|G3-2"]
    draw(reported, "guides", "--method", "simple", "--units", "东关街道", "--seed", "s")
    fill("2023-1", {key: {"问2": "否", "情况说明": "多要材料"} for key in keys})
    act(reported, "release", "2023-1", "--at", "2023-09-06T09:00")
    for key in keys:
        answer = act(reported, "respond", "2023-1", "--key", key, "--accept", "--at", "2023-09-07T09:00")
        assert answer.status == 0, answer.stderr
        answer = act(reported, "decide", "2023-1", "--key", key, "--confirm", "--at", "2023-09-08T09:00")
        assert answer.status == 0, answer.stderr
    early = act(reported, "respond", "2023-1", "--key", keys[0], "--accept", "--at", "2023-09-07T10:00")
    assert early.status == 2 and "“东关街道|G3-1”在 2023-09-08 09:00 已有记录" in early.stderr
    assert estimated(reported, as_of="2023-09-07")["fail"] == 2
    assert show(reported)["state"] == "released"


@pytest.mark.long
def test_a_finding_becomes_one_rectification_and_the_second_who_opens_it_is_told(released: Run) -> None:
    """Unless the first was ended: then another may stand in its place."""
    source = ("--source", "spot-check:2023-1:东关街道|G3-1")

    def opened(at: str) -> Answer:
        return released(
            "rectification", "open", "--unit", "东关街道", "--issue", "没有时限", *source, "--at", at, "--json"
        )

    assert opened("2023-09-07T10:00").json["number"] == "2023-1"
    again = opened("2023-09-07T10:00")
    assert again.status == 2
    assert "已由管理局（命令行）于 2023-09-07 立为整改事项 2023-1" in again.stderr
    released("rectification", "withdraw", "2023-1", "--reason", "误立", "--at", "2023-09-08T09:00", "--json")
    assert opened("2023-09-08T10:00").json["number"] == "2023-2"


@pytest.mark.long
def test_a_rectification_does_not_tell_a_unit_of_a_sealed_check(reported: Run, fill: Filled) -> None:
    draw(reported, "phones", "--method", "simple", "--units", "东关街道", "--seed", "s")
    key = show(reported)["sample"][0]["key"]

    def opened(at: str) -> Answer:
        source = ("--source", f"spot-check:2023-1:{key}")
        return reported("rectification", "open", "--unit", "东关街道", "--issue", "无人", *source, "--at", at, "--json")

    assert fill("2023-1", {key: {"问2": "否", "情况说明": "空号"}}).status == 0
    before = opened("2023-09-05T13:00")
    assert before.status == 2 and "抽查 2023-1 保密，尚未告知各单位" in before.stderr
    act(reported, "release", "2023-1", "--at", "2023-09-06T09:00")
    assert opened("2023-09-06T08:59").status == 2
    assert opened("2023-09-06T09:00").status == 0


@pytest.mark.long
def test_answers_about_a_flow_chart_become_findings_by_hand(released: Run) -> None:
    """Passes when it is released, failures when they are confirmed."""
    assert waiting_of("2023-09-06") == {"G3-1": None}
    act(released, "respond", "2023-1", *KEY, "--accept", "--at", "2023-09-07T09:00")
    act(released, "decide", "2023-1", *KEY, "--confirm", "--at", "2023-09-07T10:00")
    assert waiting_of("2023-09-07") == {"G3-1": False}


@pytest.mark.long
def test_a_finding_by_hand_hides_citizens_as_the_check_it_comes_from_does(reported: Run, fill: Filled) -> None:
    """Whoever answers for the guide reads the note whole; leaders do not."""
    note = "群众王小明（13812345678）反映图上没有时限"
    draw(reported, "guides", "--method", "simple", "--units", "东关街道", "--seed", "s")
    fill("2023-1", {"东关街道|G3-1": {"问1": "否", "情况说明": note}})
    act(reported, "release", "2023-1", "--at", "2023-09-06T09:00")
    act(reported, "respond", "2023-1", *KEY, "--accept", "--at", "2023-09-07T09:00")
    act(reported, "decide", "2023-1", *KEY, "--confirm", "--at", "2023-09-07T10:00")

    def note_for(person: Person) -> str:
        with acting_as(person):
            of_guide = questions("东关街道", date(2023, 9, 7), "G3-1")
            return next(question for question in of_guide if question.rule.code == "G312").findings[-1].note

    assert note in note_for(Person("东关街道", Role.UNIT, "东关街道"))
    assert "13812345678" not in note_for(Person("领导", Role.LEADER))


def waiting_of(as_of: str) -> dict[str, bool | None]:
    expected = questions("东关街道", date.fromisoformat(as_of))
    return {
        question.item_code: question.findings[-1].passed if question.findings else None
        for question in expected
        if question.rule.code == "G312"
    }


REFUSED = [
    (("draw", "phone", "--method", "simple"), "phones"),
    (("draw", "guides", "--method", "random"), "simple"),
    (("draw", "tickets", "--method", "simple"), "工单"),
    (("draw", "guides", "--method", "simple", "--units", "区教育厅"), "区教育厅"),
    (("draw", "guides", "--method", "simple", "--units", "河口镇"), "区人社局 6 个"),
    (("draw", "bad_reviews", "--method", "simple", "--from", "2023-01", "--to", "2023-02"), "2023-07"),
    (("draw", "guides", "--method", "simple", "--as-of", "2023-09-02"), "2023-09-03"),
    (("draw", "guides", "--method", "simple", "--as-of", "2022-12-31"), "2023-01-01"),
    (("draw", "guides", "--method", "simple", "--size", "0"), "1 以上"),
    (("draw", "guides", "--method", "simple", "--size", "3", "--margin", "0.1"), "只能给一种"),
    (("draw", "guides", "--method", "simple", "--margin", "0.6"), "0.5"),
    (("draw", "guides", "--method", "simple", "--margin", "10%", "--expected", "1.2"), "小于 1"),
    (("draw", "guides", "--method", "simple", "--tolerable", "1"), "小于 1"),
    (("draw", "guides", "--method", "simple", "--confidence", "0.8"), "0.95"),
    (("draw", "guides", "--method", "simple", "--seed", " "), "64"),
    (("draw", "guides", "--method", "simple", "--seed", "s" * 65), "64"),
    (("draw", "list", "--method", "simple"), "编号"),
    (("show", "2023-9"), "2023-9"),
    (("release", "2023-1", "--at", "2023-09-05T09:00"), "没有录入"),
    (("respond", "2023-1", "--key", "区人社局|G1-1", "--accept"), "尚未告知"),
    (("decide", "2023-1", "--key", "区人社局|G1-1", "--confirm"), "尚未告知"),
    (("decide", "2023-1", "--key", "区人社局|G1-1", "--confirm", "--result", "unable"), "只有不予认定时"),
    (("extend", "2023-1", "--by", "0"), "1 以上"),
    (("void", "2023-1", "--reason", " "), "理由"),
]


@pytest.mark.parametrize(
    ("arguments", "sentence"), REFUSED, ids=lambda value: " ".join(value)[:60] if isinstance(value, tuple) else ""
)
def test_a_refusal_says_what_is_there_instead_and_stores_nothing(
    reported: Run, arguments: tuple[str, ...], sentence: str
) -> None:
    draw(reported, "guides", "--method", "simple")
    before = data_version()
    at = () if "--at" in arguments or arguments[0] == "show" else ("--at", DRAWN)
    answer = act(reported, *arguments, *at)
    assert answer.status == 2
    assert sentence in answer.stderr
    assert answer.stderr.count("\n") == 1
    assert answer.json is None
    assert data_version() == before


def test_a_list_is_drawn_from_as_it_was_uploaded(reported: Run, tmp_path: Path) -> None:
    rows = [
        ["责任单位", "编号", "内容", "自报"],
        ["人社局", "X1", "暗访大厅", "是"],
        ["东关街道", "X2", "暗访大厅", None],
    ]
    path = write(tmp_path / "名单.xlsx", rows)
    drawn = draw(reported, "list", "--method", "simple", "--file", path)
    assert {element["key"]: element["claim"] for element in drawn["sample"]} == {
        "区人社局|X1": True,
        "东关街道|X2": None,
    }
    assert drawn["sealed"] is True
    assert show(reported, "2023-1", "--verify")["reproduced"] is True


@pytest.mark.long
def test_a_milestone_found_unfinished_is_returned_and_not_verified_with_an_earlier_day(
    run: Run, tmp_path: Path
) -> None:
    rows = [
        ["举措编号", "责任单位", "进展状态", "完成日期", "进展情况"],
        ["1.2.2", "区人社局", "已完成", "2023-07-20", "完成"],
    ]
    path = write(tmp_path / "进展.xlsx", rows)
    sent = run("import", path, "--unit", "区人社局", "--dataset", "progress", "--month", "2023-07",
               "--at", "2023-08-01T09:00", "--json")  # fmt: skip
    assert sent.status == 0, sent.json
    drawn = draw(run, "milestones", "--method", "risk")
    assert [(e["key"], e["signals"]) for e in drawn["sample"]] == [("区人社局|1.2.2", drawn["sample"][0]["signals"])]
    assert "no_evidence" in drawn["sample"][0]["signals"]
    sheet = tmp_path / "现场表.xlsx"
    head = ["序号", "编号", "责任单位", "内容", "问1", "问2", "无法核查", "情况说明", "核查人", "核查时间"]
    write(sheet, [head, [1, "区人社局|1.2.2", None, None, "否", "是", None, "未见", "张三", "2023-09-05 10:00"]])
    assert act(run, "record", "2023-1", str(sheet), "--at", "2023-09-05T11:00").json["recorded"] == 1
    act(run, "release", "2023-1", "--at", "2023-09-06T09:00")
    act(run, "respond", "2023-1", "--key", "区人社局|1.2.2", "--accept", "--at", "2023-09-06T10:00")
    act(run, "decide", "2023-1", "--key", "区人社局|1.2.2", "--confirm", "--at", "2023-09-07T09:00")
    again = write(tmp_path / "进展8.xlsx", rows)
    run("import", again, "--unit", "区人社局", "--dataset", "progress", "--month", "2023-08",
        "--at", "2023-09-08T09:00", "--json")  # fmt: skip
    verified = run("verify", "1.2.2", "--unit", "区人社局", "--at", "2023-09-09T09:00", "--json")
    assert verified.status == 2
    assert "2023-09-05" in verified.stderr


@pytest.mark.long
def test_a_check_that_was_complete_by_a_day_stands_in_the_bulletin_of_that_day_with_what_may_be_said(
    fill: Filled, reported: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.bulletins.printing.chinese_font", lambda: None)
    draw(reported, "guides", "--method", "simple", "--size", "8", "--seed", "s", "--as-of", "2023-09-01")
    wrong = show(reported)["sample"][0]["key"]
    assert fill("2023-1", {wrong: {"问2": "否", "情况说明": "窗口另要复印件"}}).status == 0
    estimate = reported("spot-check", "estimate", "2023-1", "--as-of", "2023-09-13", "--json").json

    def checks(compared: str) -> list[dict[str, Any]]:
        answer = reported(
            "bulletin", "draft", "--as-of", "2023-09-13", "--compare", compared, "--at", "2023-09-14T09:00", "--json"
        )
        assert answer.status == 0, answer.stderr
        return answer.json["figures"]["spot_checks"]

    [listed] = checks("none")
    assert listed == {
        "number": "2023-1",
        "kind": "guides",
        "method": "simple",
        "population": 12,
        "sample": 8,
        "attempt": 1,
        **{name: estimate[name] for name in ("checked", "pass", "fail", "unable", "rate", "low", "high")},
        "self_report": estimate["self_report"],
    }
    assert checks("2023-09-04") == [listed]
    assert checks("2023-09-05") == []


@pytest.mark.parametrize("note", ["说明", "备注：已停机", "经办人：已调离", "示例", "合计"])
def test_a_row_of_an_element_is_read_whatever_its_note_and_its_long_key_say(
    reported: Run, fill: Filled, tmp_path: Path, note: str
) -> None:
    """A key of more than thirty characters, or with a colon, was no key, and its row with such a note a signature."""
    codes = [
        "2306-990106-04-01-516005|政府投资项目可行性研究报告审批" + sign for sign in ("", "：一期", "（二期；续）")
    ]
    path = write(
        tmp_path / "名单.xlsx", [["责任单位", "编号", "内容", "自报"], *[["区人社局", c, "x", "是"] for c in codes]]
    )
    keys = [element["key"] for element in draw(reported, "list", "--method", "simple", "--file", path)["sample"]]
    answer = fill("2023-1", {key: {"问1": "否", "情况说明": note} for key in keys})
    assert (answer.status, answer.json["recorded"], answer.json["unrecorded"]) == (0, 3, 0)


@pytest.mark.long
def test_the_sheet_of_another_draw_is_not_recorded_though_every_key_was_drawn_here_too(
    reported: Run, fill: Filled, tmp_path: Path
) -> None:
    """The same guides drawn twice: the sheet says at its title of which draw it is; without a title it goes in."""
    for _ in range(2):
        draw(reported, "guides", "--method", "simple", "--seed", "s")
    assert fill("2023-1", {}).status == 0
    filled = tmp_path / "现场表.xlsx"
    before = data_version()
    answer = act(reported, "record", "2023-2", str(filled), "--at", "2023-09-05T13:00")
    assert answer.status == 1 and data_version() == before
    assert answer.problems("cell", "code") == [("A1", "another-check")]
    assert "这是抽查〔2023〕1号的现场表，不是抽查〔2023〕2号的" in answer.json["errors"][0]["message"]
    book = load_workbook(filled)
    book["抽查记录"]["A1"].value = None
    book.save(filled)
    book["抽查记录"]["D12"].value = "抽查〔2022〕9号核实未整改到位"  # what an element is about is no title
    book.save(filled)
    assert act(reported, "record", "2023-2", str(filled), "--at", "2023-09-05T13:00").json["recorded"] == 12


@pytest.mark.long
def test_what_stands_on_a_hidden_sheet_is_not_read_and_that_is_told(
    reported: Run, fill: Filled, tmp_path: Path
) -> None:
    draw(reported, "guides", "--method", "simple", "--size", "4", "--seed", "s")
    assert fill("2023-1", {}, "2023-09-05T11:00").status == 0
    draw(reported, "guides", "--method", "simple", "--size", "4", "--seed", "t")
    filled = tmp_path / "现场表.xlsx"
    assert reported("spot-check", "sheet", "2023-2", "--out", filled, "--json").status == 0
    book = load_workbook(filled)
    book.copy_worksheet(book["抽查记录"]).title = "第二组"
    book["第二组"].sheet_state = "hidden"
    book.save(filled)
    answer = act(reported, "record", "2023-2", str(filled), "--at", "2023-09-05T13:00")
    assert answer.status == 0
    assert answer.problems("sheet", "code", "severity") == [("第二组", "hidden-sheet", "warning")]
    book["第二组"].sheet_state, book["抽查记录"].sheet_state = "visible", "hidden"
    book["第二组"].delete_rows(1, 30)
    book.save(filled)
    answer = act(reported, "record", "2023-2", str(filled), "--at", "2023-09-05T13:00")
    assert answer.status == 2 and "工作表“抽查记录”是隐藏的" in answer.stderr
