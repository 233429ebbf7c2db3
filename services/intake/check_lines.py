"""What a check found, as lines of text for people: one module, so that `check` and `import` say the same."""

from __future__ import annotations

from collections.abc import Sequence

from catalogue.datasets import BUREAU_DATASETS, DATASETS
from models.validation import Problem, ValidationReport
from rules.intake.alike import Alike, alike
from services.intake.questions import Question

MOST_KINDS = 50
MOST_CELLS = 200
HEAD = "列\t问题\t所填内容\t处数\t首个单元格"


def report_lines(report: ValidationReport) -> list[str]:
    """Return how it was understood, the kinds of problems, then cell by cell; nothing for a file that could not be
    read.
    """
    if report.refused is not None:
        return []
    return [_understood(report), *_kinds(alike(report.problems)), *_cells(report.problems), *_unlisted(report)]


def question_lines(questions: Sequence[Question]) -> list[str]:
    """Return what a person would be asked on screen before it is stored."""
    return (
        ["请核实：", *(f"{number}. {question.text}" for number, question in enumerate(questions, 1))]
        if questions
        else []
    )


def _understood(report: ValidationReport) -> str:
    read = "、".join(f"{sheet.name}（{len(sheet.records):,} 行）" for sheet in report.sheets)
    title = (DATASETS | BUREAU_DATASETS)[report.dataset].title if report.dataset else "未能判断的数据"
    return f"识别为{title}（{report.dataset or '—'}），单位：{report.unit or '未写明'}，月份：{report.month or '未写明'}；已读 {read}。"  # noqa: E501


def _kinds(kinds: Sequence[Alike]) -> list[str]:
    """Nothing where each problem is the only one of its kind: the cells say all then."""
    if all(kind.number == 1 for kind in kinds):
        return []
    rest = kinds[MOST_KINDS:]
    return [
        "",
        f"问题 {len(kinds):,} 种：",
        HEAD,
        *map(_kind, kinds[:MOST_KINDS]),
        *([f"其余 {len(rest):,} 种，{sum(kind.number for kind in rest):,} 处"] if rest else []),
        "",
        "逐处：",
    ]


def _kind(kind: Alike) -> str:
    first = kind.first
    column = f"{first.column} {first.field or ''}".strip() if first.column else first.field or "—"
    message = f"提示：{first.message}" if first.severity == "warning" else first.message
    return "\t".join(
        (
            column,
            message,
            _on_one_line(first.value or "（空白）") if first.cell else "—",
            f"{kind.number:,}",
            _place(first),
        )
    )


def _cells(problems: Sequence[Problem]) -> list[str]:
    lines = [
        f"{_place(problem)}\t{'提示：' if problem.severity == 'warning' else ''}{problem.message}"
        for problem in problems[:MOST_CELLS]
    ]
    left = len(problems) - MOST_CELLS
    return [*lines, *([f"其余 {left:,} 处从略，加 --json 可逐处列出。"] if left > 0 else [])]


def _unlisted(report: ValidationReport) -> list[str]:
    number = sum(report.unlisted.values())
    return [f"同类问题过多，另有 {number:,} 处未逐一列出，改正后请重新检查。"] if number else []


def _place(problem: Problem) -> str:
    return f"{problem.sheet or ''}!{problem.cell or '-'}"


def _on_one_line(text: str) -> str:
    return " ".join(text.split())
