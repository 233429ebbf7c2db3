"""plan preview, show and export."""

import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

import manage
from rules.as_of import day_of
from services.access.clock import present
from services.access.current_user import acting_as
from services.plan.documents import document_content, plan_documents
from tests.services.plan.test_columns_by_hand import with_headings
from tests.services.plan.test_preview import PLAN, with_row, workbook


def test_a_plan_is_tried_exported_and_shown(
    planned_database: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, bad, exported = tmp_path / "方案.xlsx", tmp_path / "有误.xlsx", tmp_path / "导出.xlsx"
    good.write_bytes(workbook(PLAN))
    bad.write_bytes(workbook(PLAN | with_row("指标", 0, 分子="行数(类别=低压 且 按期(送电时刻, 承诺日期))")))
    assert manage.main(["plan", "preview", str(good), "--json"]) == 0
    preview = json.loads(capsys.readouterr().out)
    assert (preview["plan"], preview["accepted"], preview["errors"]) == ("2024-YS", True, [])
    assert preview["added"]["datasets"] == ["办电台账"]
    assert set(preview) == {"plan", "accepted", "errors", "doubts", "added", "changed", "ended", "in_words"}
    assert manage.main(["plan", "preview", str(bad), "--json"]) == 1
    errors = json.loads(capsys.readouterr().out)["errors"]
    assert {"sheet": "指标", "cell": "C2", "field": "分子", "code": "unknown-field"}.items() <= errors[0].items()
    assert manage.main(["plan", "export", "--out", str(exported), "--json"]) == 0
    capsys.readouterr()
    assert manage.main(["plan", "preview", str(exported)]) == 0
    assert "没有错误。" in capsys.readouterr().out
    assert manage.main(["plan", "show", "--as-of", "2023-08-22", "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert (shown["plan"], len(shown["tasks"])) == ("2023", 24)


def test_a_preview_tells_which_columns_it_left_out_and_what_they_may_be(
    planned_database: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "方案.xlsx"
    path.write_bytes(with_headings({"责任单位": "牵头单位", "完成时限": "完成时间"}))
    manage.main(["plan", "preview", str(path)])
    output = capsys.readouterr().out
    for heading, meant in (("牵头单位", "责任单位"), ("完成时间", "完成时限")):
        assert f"列“{heading}”（如是“{meant}”，请改列名）" in output


@pytest.mark.long
def test_a_plan_is_imported_with_its_preview_and_one_with_errors_is_not(
    planned_database: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(*arguments: str) -> tuple[int, Any, str]:
        status = manage.main(["plan", *arguments, "--json"])
        said = capsys.readouterr()
        return status, json.loads(said.out) if said.out else None, said.err

    plan, declared, wrong = tmp_path / "2023.xlsx", tmp_path / "2024.xlsx", tmp_path / "有误.xlsx"
    assert run("export", "--out", str(plan))[0] == 0
    book = load_workbook(plan)
    book["任务"]["C2"] = "另一个名称"
    book.save(plan)
    status, document, _ = run("import", str(plan))
    assert (status, [change["after"] for change in document["changed"]]) == (0, ["另一个名称"])
    assert run("preview", str(plan))[1]["changed"] == []
    listed = run("list")[1]["plans"]
    assert [(each["code"], each["tasks"], each["from"], each["to"]) for each in listed] == [
        ("2023", 24, "2023-01-01", "2024-03-31")
    ]
    declared.write_bytes(workbook(PLAN))
    status, document, _ = run("import", str(declared), "--in-force", "2024-01-10")
    assert (status, document["added"]["datasets"]) == (0, ["办电台账"])
    listed = run("list")[1]["plans"]
    assert [each["code"] for each in listed] == ["2023", "2024-YS"]
    wrong.write_bytes(workbook(PLAN | with_row("举措", 0, 目标值="95、尽快")))
    status, document, _ = run("import", str(wrong))
    assert (status, document["accepted"], document["errors"][0]["cell"]) == (2, False, "F2")
    assert run("list")[1]["plans"] == listed


def test_the_text_of_a_plan_is_attached_to_its_last_workbook(
    planned_database: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text, other = tmp_path / "来文.pdf", tmp_path / "来文.txt"
    text.write_bytes(b"%PDF-1.4\n%%EOF\n")
    other.write_bytes("来文".encode())
    assert manage.main(["plan", "attach", str(text), "--json"]) == 0
    first = json.loads(capsys.readouterr().out)
    assert (first["plan"], first["version"], first["file"]) == ("2023", 1, "来文.pdf")
    assert manage.main(["plan", "attach", str(text), "--plan", "2023"]) == 2
    assert "没有重复保存" in capsys.readouterr().err
    for refused in ([str(other)], [str(text), "--plan", "1999"], [str(text), "--version", "7"]):
        assert manage.main(["plan", "attach", *refused]) == 2
    capsys.readouterr()
    with acting_as(manage.operator()):
        assert [document.file_name for document in plan_documents("2023", day_of(present()))] == ["来文.pdf"]
        assert document_content(first["document"]) == ("来文.pdf", text.read_bytes())


@pytest.mark.long
def test_a_plan_has_settings_of_its_own_from_the_command_line(
    planned_database: str, capsys: pytest.CaptureFixture[str]
) -> None:
    def own(day: str = "2099-01-01") -> dict[str, tuple[Any, bool]]:
        assert manage.main(["plan", "settings", "--plan", "2023", "--as-of", day, "--json"]) == 0
        settings = json.loads(capsys.readouterr().out)["settings"]
        return {line["title"]: (line["value"], line["own"]) for line in settings}

    def change(*arguments: str) -> int:
        return manage.main(["plan", "set", *arguments, "--plan", "2023", "--reason", "方案规定", "--json"])

    assert own() == {"任务临期天数": (10, False), "序时进度提示": (True, False), "排名最少举措数": (5, False)}
    assert [change("任务临期天数", "20"), change("pace", "否")] == [0, 0]
    assert '"value": false' in capsys.readouterr().out
    assert own() == {"任务临期天数": (20, True), "序时进度提示": (False, True), "排名最少举措数": (5, False)}
    assert change("任务临期天数", "与看板相同") == 0
    capsys.readouterr()
    assert own()["任务临期天数"] == (10, False)
    for refused, words in (
        (("任务临期天数", "200"), "0 至 60 的整数"),
        (("序时进度提示", "可以"), "应为是或否"),
        (("月报报送日", "6"), "不能在此更改"),
        (("due_day", "6"), "不能单为一个方案更改"),
    ):
        assert change(*refused) == 2
        assert words in capsys.readouterr().err
