"""check, import, numbering, guide-findings, template: workbooks, as the upload page takes them."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from catalogue.datasets.guides import GUIDES
from commands.arguments import Commands, add_plan, instant
from commands.output import DONE, PROBLEMS, content, exit_status, sample_warning, tell, write
from services.access.current_user import acting_as, current_user
from services.figures.guide_rule_settings import rule_book_now
from services.guides.findings import findings
from services.intake.case_numbering import set_numbering
from services.intake.check_json import problem_json, report_json
from services.intake.check_lines import question_lines, report_lines
from services.intake.checked_workbook import Request
from services.intake.checking import check
from services.intake.questions import questions
from services.intake.templates import template
from services.intake.upload import submit


def add_to(commands: Commands) -> None:
    for name, run, text in (("check", _check, "检查工作簿，不存储"), ("import", _import, "检查并报送工作簿")):
        command = commands.add(name, run, text)
        command.add_argument("file", type=Path, metavar="文件", help="工作簿")
        command.add_argument("--dataset", metavar="代码", help="数据集代码")
        whose = command.add_mutually_exclusive_group(required=name == "import")
        whose.add_argument("--unit", metavar="单位", help="填报单位")
        whose.add_argument("--district", action="store_true", help="全区台账")
        command.add_argument("--month", metavar="月份", help="如 2023-06")
        add_plan(command)
        if name == "check":
            command.add_argument("--records", action="store_true", help="列出每一行记录")
        else:
            command.add_argument("--at", type=instant, metavar="时间", help="补录历史：报送时间")
            command.add_argument("--explanation", default="", metavar="原因", help="数据与以前各月相差较大的原因")

    numbering = commands.add("numbering", _numbering, "声明某单位台账的编号是否每月从头编起")
    numbering.add_argument("dataset", metavar="代码", help="数据集代码，如 help_cases")
    numbering.add_argument("--unit", required=True, metavar="单位", help="哪个单位")
    how = numbering.add_mutually_exclusive_group(required=True)
    how.add_argument("--by-month", action="store_true", help="每月从头编起，按月分开")
    how.add_argument("--running", action="store_true", help="各月连续编号")

    guide = commands.add("guide-findings", _guide_findings, "按方案规则检查办事指南，不存储")
    guide.add_argument("file", type=Path, metavar="文件", help="办事指南工作簿")

    blank = commands.add("template", _template, "写出数据集模板", needs_database=False)
    blank.add_argument("code", metavar="代码", help="数据集代码")
    add_plan(blank)
    blank.add_argument("--out", type=Path, required=True, metavar="文件", help="写到哪里")


def _check(arguments: argparse.Namespace) -> int:
    request = Request(arguments.dataset, arguments.unit, arguments.district, arguments.month)
    workbook = check(content(arguments.file), arguments.file.name, request)
    report = workbook.report
    tell(
        arguments,
        report_json(report, arguments.records),
        lambda: [*report_lines(report), *question_lines(questions(workbook))],
    )
    return exit_status(report)


def _import(arguments: argparse.Namespace) -> int:
    request = Request(arguments.dataset, arguments.unit, arguments.district, arguments.month)
    with acting_as(
        replace(current_user(), name=arguments.unit or current_user().name)
    ):  # whose workbook it is has reported it
        workbook = check(content(arguments.file), arguments.file.name, request)
        done = submit(workbook, at=arguments.at, explanation=arguments.explanation)
    report = done.report
    if report.refused is not None:
        nothing = {"submission": None, "revision": None, "unchanged": False, "records": 0}
        tell(arguments, report_json(report) | nothing, list)
        return exit_status(report)
    document = {
        "submission": done.submission,
        "revision": done.revision,
        "unchanged": done.unchanged,
        "accepted": done.submission is not None,
        "records": done.records,
        "errors": [problem_json(problem) for problem in report.problems],
    }
    tell(
        arguments,
        document,
        lambda: [
            *report_lines(report),
            *question_lines(done.questions),
            _outcome(done.submission, done.revision, done.unchanged),
            *sample_warning(),
        ],
    )
    return DONE if done.submission is not None else PROBLEMS


def _outcome(submission: int | None, revision: int | None, unchanged: bool) -> str:
    if submission is None:
        return "未报送：请改正后再报。"
    return (
        f"该文件已报送过（编号 {submission}），无变化。"
        if unchanged
        else f"已报送：编号 {submission}，第 {revision} 版。"
    )


def _numbering(arguments: argparse.Namespace) -> int:
    set_numbering(arguments.unit, arguments.dataset, by_month=arguments.by_month)
    words = (
        "编号按月分开，每月的 1 号是另一件。以前月份已受理的仍按原编号；有跨月未办结的，请把该月的台账再报一次。"
        if arguments.by_month
        else "编号各月连续，同一编号是同一件。"
    )
    tell(
        arguments,
        {"unit": arguments.unit, "dataset": arguments.dataset, "by_month": arguments.by_month},
        lambda: [f"{arguments.unit}：{words}"],
    )
    return DONE


def _guide_findings(arguments: argparse.Namespace) -> int:
    report = check(content(arguments.file), arguments.file.name, Request(GUIDES.code, None, True)).report
    if report.refused is not None:
        tell(arguments, report_json(report, False), list)
        return exit_status(report)
    document = findings(report, rule_book_now().rules)
    tell(
        arguments,
        document,
        lambda: [
            f"{finding['cell'] or ''}\t{finding['rule']}\t{finding['message']}" for finding in document["findings"]
        ],
    )
    return PROBLEMS if document["findings"] else DONE


def _template(arguments: argparse.Namespace) -> int:
    write(arguments.out, template(arguments.code))
    tell(arguments, {"out": str(arguments.out)}, lambda: [f"模板已写入 {arguments.out}。"])
    return DONE
