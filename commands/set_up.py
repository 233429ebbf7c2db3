"""init, upgrade, entrance: makes the database, brings it up to date, says how to get in."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from commands.arguments import Commands
from commands.output import DONE, tell
from services.operations.set_up import set_up
from services.plan.import_again import UnconfirmedChanges


def add_to(commands: Commands) -> None:
    init = commands.add("init", _init, "建立或升级数据库", needs_database=False)
    init.add_argument("--plan", type=Path, metavar="文件", help="任务分解表工作簿，缺省为随附的方案")
    init.add_argument("--units", type=Path, metavar="文件", help="责任单位工作簿")
    init.add_argument("--district", metavar="名称", help="本区名称，识别单位时略去")
    init.add_argument("--yes", action="store_true", help="方案已在使用时，确认所列改动")
    init.add_argument("--reason", default="", metavar="理由", help="改动在用的方案或单位名册的理由")
    init.add_argument("--first-month", metavar="月份", help="首个填报月份，如 2023-06，缺省为方案年度的一月")
    init.add_argument(
        "--sample",
        nargs="?",
        const="district",
        default="",
        metavar="示例",
        help="装入示例：district 为 2023 年政务服务的示例区（缺省），business 为 2024 年营商环境的示例区",
    )


def _init(arguments: argparse.Namespace) -> int:
    say: Callable[[str], None] = (lambda _: None) if arguments.json else print
    try:
        done = set_up(
            plan=arguments.plan,
            units_file=arguments.units,
            district=arguments.district,
            first_month=arguments.first_month,
            sample=arguments.sample,
            agreed=arguments.yes,
            reason=arguments.reason,
            say=say,
        )
    except UnconfirmedChanges as unconfirmed:
        for line in unconfirmed.lines:
            say(line)
        raise
    tell(
        arguments,
        {"tasks": done.tasks, "units": done.units, "submissions": done.submissions, "doubts": list(done.doubts)},
        lambda: [f"方案 {done.tasks} 项任务，责任单位 {done.units} 个。", *(f"存疑：{doubt}" for doubt in done.doubts)],
    )
    return DONE
