"""verify, settle, target: what the bureau decides."""

from __future__ import annotations

import argparse

from commands.arguments import Commands, add_plan, addressed, day, instant, number
from commands.output import DONE, tell
from services.access.clock import present
from services.milestones.verification import verify
from services.plan.decisions import set_target, settle


def add_to(commands: Commands) -> None:
    verified = commands.add("verify", _verify, "核验或退回单位报告的完成情况")
    verified.add_argument("measure", metavar="举措", help="举措编号，如 1.2.2")
    add_plan(verified)
    verified.add_argument("--unit", required=True, metavar="单位", help="哪个单位")
    verified.add_argument("--return", dest="returned", metavar="理由", help="退回理由")
    verified.add_argument("--at", type=instant, metavar="时间", help="缺省为现在")

    settled = commands.add("settle", _settle, "裁定任务的疑点")
    settled.add_argument("task", metavar="任务", help="任务编号，如 5.1")
    add_plan(settled)
    settled.add_argument("--deadline", type=day, metavar="日期", help="裁定的期限")
    settled.add_argument("--no-deadline", action="store_true", help="长期坚持，不设完成时限")
    settled.add_argument("--units", nargs="+", metavar="单位", help="裁定的责任单位，名称或类别")
    settled.add_argument("--reason", required=True, metavar="理由", help="裁定理由")
    settled.add_argument("--at", type=instant, metavar="时间", help="缺省为现在")

    target = commands.add("target", _target, "调整指标目标或录入基数")
    target.add_argument("indicator", metavar="指标", help="指标代码")
    add_plan(target)
    target.add_argument("--measure", metavar="举措", help="该指标用于多项举措时，指明哪一项")
    target.add_argument("--value", type=number, metavar="目标", help="新的目标值")
    target.add_argument("--baseline", type=number, metavar="基数", help="基数")
    target.add_argument("--reason", required=True, metavar="理由", help="调整理由")
    target.add_argument("--at", type=instant, metavar="时间", help="缺省为现在")


def _verify(arguments: argparse.Namespace) -> int:
    with addressed(arguments.measure) as measure:
        state = verify(measure, arguments.unit, returned=arguments.returned, at=arguments.at or present())
    verified = state.verified_on is not None
    tell(
        arguments,
        {"measure": arguments.measure, "unit": arguments.unit, "verified": verified},
        lambda: ["已核验。" if verified else f"已退回：{arguments.returned}"],
    )
    return DONE


def _settle(arguments: argparse.Namespace) -> int:
    with addressed(arguments.task) as task:
        settle(
            task,
            deadline=arguments.deadline,
            unit_words=arguments.units,
            reason=arguments.reason,
            at=arguments.at or present(),
            no_deadline=arguments.no_deadline,
        )
    tell(arguments, {"task": arguments.task, "settled": True}, lambda: [f"任务 {arguments.task} 已裁定。"])
    return DONE


def _target(arguments: argparse.Namespace) -> int:
    with addressed(arguments.measure or "") as measure:
        set_target(
            arguments.indicator,
            target=arguments.value,
            baseline=arguments.baseline,
            reason=arguments.reason,
            at=arguments.at or present(),
            measure=measure or None,
        )
    tell(
        arguments,
        {"indicator": arguments.indicator, "value": arguments.value, "baseline": arguments.baseline},
        lambda: [f"指标 {arguments.indicator} 的目标已更新。"],
    )
    return DONE
