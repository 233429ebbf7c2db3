"""assessment: the rules of 考核赋分 taken in, and the points of units as of any day."""

from __future__ import annotations

import argparse
from pathlib import Path

from commands.arguments import Commands, day, instant
from commands.output import DONE, content, tell, write
from models.assessment import UnitPoints
from rules.assessment.words import deduction_in_words, number_told, result_in_words, rule_in_words
from services.access.clock import present
from services.assessment.points import assessment_as_of, assessment_json
from services.assessment.rules import import_rules, rules_template


def add_to(commands: Commands) -> None:
    group = commands.group("assessment", "考核赋分：规则模板、导入规则、各单位得分")
    blank = group.add("template", _template, "写出考核规则模板")
    blank.add_argument("--out", type=Path, required=True, metavar="文件", help="写到哪里")

    taken_in = group.add("import", _import, "导入考核规则，自此生效")
    taken_in.add_argument("file", type=Path, metavar="文件", help="填好的考核规则工作簿")
    taken_in.add_argument("--reason", required=True, metavar="理由", help="依据或理由")
    taken_in.add_argument("--at", type=instant, metavar="时间", help="补录历史，缺省为现在")

    points = group.add("points", _points, "各单位得分和每一处扣分")
    points.add_argument("--as-of", type=day, required=True, metavar="日期", help="截至日期")
    points.add_argument("--unit", metavar="单位", help="只列一个单位")


def _template(arguments: argparse.Namespace) -> int:
    write(arguments.out, rules_template())
    tell(arguments, {"out": str(arguments.out)}, lambda: [f"模板已写入 {arguments.out}。"])
    return DONE


def _import(arguments: argparse.Namespace) -> int:
    at = arguments.at or present()
    version = import_rules(content(arguments.file), arguments.file.name, reason=arguments.reason, at=at)
    tell(
        arguments,
        {"version": version.number, "rules": [rule.name for rule in version.rules]},
        lambda: [f"已导入 {len(version.rules)} 条考核规则。", *map(rule_in_words, version.rules)],
    )
    return DONE


def _points(arguments: argparse.Namespace) -> int:
    assessment = assessment_as_of(arguments.as_of, arguments.unit)
    tell(
        arguments,
        assessment_json(assessment),
        lambda: (
            [line for unit in assessment.units if unit.rules for line in _lines(unit)]
            or ["截至该日没有考核规则，各单位没有得分。"]
        ),
    )
    return DONE


def _lines(unit: UnitPoints) -> list[str]:
    head = f"{unit.unit}\t{number_told(unit.points)}／{number_told(unit.full)} 分"
    lines = [head]
    for result in unit.rules:
        lines.append(f"  {result.rule.name}（{rule_in_words(result.rule)}）：{result_in_words(result)}")
        lines += [f"    {deduction_in_words(deduction)}" for deduction in result.deductions]
    return lines
