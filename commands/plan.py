"""plan preview, import, list, show, export, attach, settings, set: a plan workbook tried or put in force, the plan on
the board, its text and its own settings.
"""

from __future__ import annotations

import argparse
import sys
from datetime import datetime, time
from pathlib import Path

from catalogue.settings import SETTINGS
from commands.arguments import Commands, add_plan, day
from commands.chinese_arguments import REFUSED
from commands.output import DONE, PROBLEMS, content, refuse_unwritable, tell, write
from models.definitions import plain_code
from models.plan import Plan, Task
from models.validation import Problem
from rules.as_of import SHANGHAI, day_of
from services.access.clock import present
from services.board.district import district_as_of
from services.plan.documents import attach_document
from services.plan.in_force import current_plan_on, plans_listed, put_in_force
from services.plan.preview import PlanPreview, preview_plan
from services.plan.versions import plan_versions, version_workbook
from services.plan.workbook import plan_workbook
from services.settings.register import change_setting, plan_settings_as_of

OF_PLAN = {setting.title: setting.name for setting in SETTINGS.values() if setting.of_plan}
"""Title → name of what a plan may have otherwise than the board."""
AS_BOARD = "与看板相同"
YES_OR_NO = {"是": True, "否": False}


def add_to(commands: Commands) -> None:
    group = commands.group("plan", "方案工作簿和库中的方案")
    previewed = group.add("preview", _preview, "试读方案工作簿：错误、疑点和改动，不存入")
    previewed.add_argument("file", type=Path, metavar="文件", help="方案工作簿")
    imported = group.add("import", _import, "把方案工作簿存入，自此刻起生效")
    imported.add_argument("file", type=Path, metavar="文件", help="方案工作簿")
    imported.add_argument("--in-force", type=day, metavar="日期", help="自哪一天起生效，缺省为此刻")
    imported.add_argument(
        "--reason",
        default="",
        metavar="理由",
        help="方案已有报送或裁定的，改动须写明理由；尚无的，不写理由和日期即自始生效",
    )
    group.add("list", _list, "列出库中的方案")
    shown = group.add("show", _show, "列出库中方案的任务和举措")
    shown.add_argument("--as-of", type=day, metavar="日期", help="截至日期，缺省为今天")
    add_plan(shown)
    exported = group.add("export", _export, "把库中的方案写成工作簿")
    add_plan(exported)
    exported.add_argument("--version", type=int, metavar="序号", help="当初导入的第几版工作簿，原样取出")
    exported.add_argument("--out", type=Path, required=True, metavar="文件", help="写到哪个 .xlsx 文件")
    attached = group.add("attach", _attach, "把方案原文（.docx、.pdf）附在方案的一版工作簿之后")
    attached.add_argument("file", type=Path, metavar="文件", help="方案原文")
    add_plan(attached)
    attached.add_argument("--version", type=int, metavar="序号", help="附在第几版工作簿之后，缺省为最后一版")
    settings = group.add("settings", _settings, "列出一个方案可以与看板不同的设置")
    settings.add_argument("--as-of", type=day, metavar="日期", help="截至日期，缺省为今天")
    add_plan(settings)
    changed = group.add("set", _set, "单为一个方案更改设置")
    changed.add_argument("setting", metavar="设置", help=f"{'、'.join(OF_PLAN)}，或其代码")
    changed.add_argument("value", metavar="值", help=f"数、是或否；{AS_BOARD}的写“{AS_BOARD}”")
    add_plan(changed)
    changed.add_argument("--from", dest="since", type=day, metavar="日期", help="自哪一天起生效，缺省为此刻")
    changed.add_argument("--reason", required=True, metavar="理由", help="更改理由")


def _preview(arguments: argparse.Namespace) -> int:
    preview = preview_plan(content(arguments.file), arguments.file.name)
    tell(arguments, _document(preview), lambda: _lines(preview))
    return PROBLEMS if preview.errors else DONE


def _import(arguments: argparse.Namespace) -> int:
    """Stored where it has no error; exit status 2 with errors. The preview is told either way."""
    workbook = content(arguments.file)
    preview = preview_plan(workbook, arguments.file.name)
    if preview.errors:
        tell(arguments, _document(preview), lambda: _lines(preview))
        print(f"“{arguments.file.name}”有 {len(preview.errors)} 处错误，没有存入任何内容。", file=sys.stderr)
        return REFUSED
    begin = arguments.in_force and datetime.combine(arguments.in_force, time(), SHANGHAI)
    imported = put_in_force(preview, workbook, arguments.file.name, arguments.reason, in_force=begin)
    since = f"自 {arguments.in_force} 起生效" if arguments.in_force else "自此刻起生效"
    if imported.from_beginning:
        since = "库中还没有报送和裁定，自始生效"
    tell(arguments, _document(preview), lambda: [*_lines(preview)[:-1], f"已存入，{since}。"])
    return DONE


def _list(arguments: argparse.Namespace) -> int:
    plans = plans_listed()
    document = {
        "plans": [
            {
                "code": plan.facts.code,
                "title": plan.facts.title,
                "year": plan.facts.year,
                "from": plan.facts.begins.isoformat(),
                "to": plan.facts.ends.isoformat(),
                "tasks": plan.tasks,
                "measures": plan.measures,
                "in_force_since": plan.in_force_since and day_of(plan.in_force_since).isoformat(),
            }
            for plan in plans
        ]
    }
    tell(
        arguments,
        document,
        lambda: [f"{plan.facts.code}\t{plan.facts.title}\t任务 {plan.tasks}\t举措 {plan.measures}" for plan in plans],
    )
    return DONE


def _document(preview: PlanPreview) -> dict[str, object]:
    return {
        "plan": preview.declarations.facts.code,
        "accepted": not preview.errors,
        "errors": [
            {
                "sheet": error.sheet,
                "cell": error.cell,
                "field": error.field,
                "code": error.code,
                "message": error.message,
            }
            for error in preview.errors
        ],
        "doubts": list(preview.doubts),
        "added": {kind: list(names) for kind, names in preview.added.items()},
        "changed": [
            {"what": change.what, "before": change.before, "after": change.after} for change in preview.changed
        ],
        "ended": list(preview.ended),
        "in_words": dict(preview.in_words),
    }


KINDS = {"areas": "领域", "tasks": "任务", "measures": "举措", "datasets": "数据", "indicators": "指标"}


def _lines(preview: PlanPreview) -> list[str]:
    facts = preview.declarations.facts
    return [
        f"{facts.title}（{facts.code}），{facts.begins} 至 {facts.ends}",
        *(f"错误\t{_place(error)}{error.message}" for error in preview.errors),
        *(f"没有采用的列\t{column}" for column in preview.left_out),
        *(f"存疑\t{doubt}" for doubt in preview.doubts),
        *(f"新增{KINDS[kind]}\t{'、'.join(names)}" for kind, names in preview.added.items() if names),
        *(f"变更\t{change.what}：{change.before or '空白'} → {change.after or '空白'}" for change in preview.changed),
        *(f"终止\t{name}" for name in preview.ended),
        *(f"指标 {code}\t{sentence}" for code, sentence in preview.in_words.items()),
        "没有错误。" if not preview.errors else f"共 {len(preview.errors)} 处错误，请改正后再试。",
    ]


def _place(error: Problem) -> str:
    return f"工作表“{error.sheet}”{error.cell or ''} " if error.sheet else ""


def _show(arguments: argparse.Namespace) -> int:
    plan = district_as_of(arguments.as_of or day_of(present())).plan
    tell(arguments, _plan(plan), lambda: _plan_lines(plan))
    return DONE


def _plan(plan: Plan) -> dict[str, object]:
    return {
        "plan": plan.code or str(plan.year),
        "year": plan.year,
        "tasks": [
            {
                "task": task.code,
                "area": task.area,
                "title": task.title,
                "units": [plan.units[unit].name for unit in task.units],
                "deadline": None if task.deadline is None else task.deadline.isoformat(),
                "doubts": list(task.doubts),
                "measures": [
                    {
                        "measure": measure.code,
                        "title": measure.title,
                        "milestone": measure.milestone,
                        "targets": [
                            {
                                "indicator": plain_code(target.indicator),
                                "value": target.value,
                                "increases": target.increases,
                                "at_most": target.at_most,
                            }
                            for target in measure.targets
                        ],
                    }
                    for measure in task.measures
                ],
            }
            for task in plan.tasks
        ],
    }


def _plan_lines(plan: Plan) -> list[str]:
    return [
        line
        for task in plan.tasks
        for line in (
            "\t".join((task.code, task.title, _last_day(task), task.units_told)),
            *(f"  {measure.code}\t{measure.title}" for measure in task.measures),
        )
    ]


def _last_day(task: Task) -> str:
    if task.deadline is None:
        return "长期坚持" if task.open_ended else "期限存疑"
    return task.deadline.isoformat()


def _export(arguments: argparse.Namespace) -> int:
    refuse_unwritable(arguments.out)
    if arguments.version is None:
        workbook = plan_workbook()
    else:
        _, workbook = version_workbook(_plan_meant(arguments), arguments.version)
    write(arguments.out, workbook)
    tell(arguments, {"out": str(arguments.out)}, lambda: [f"已写入 {arguments.out}。"])
    return DONE


def _plan_meant(arguments: argparse.Namespace) -> str:
    """The code of the plan named, else of the current one."""
    plan: str = arguments.asked_plan or current_plan_on(day_of(present())) or ""
    return plan


def _attach(arguments: argparse.Namespace) -> int:
    now, plan, version = present(), _plan_meant(arguments), arguments.version
    if version is None:
        version = max((version.number for version in plan_versions(plan, day_of(now))), default=0)
    number = attach_document(plan, version, arguments.file.name, content(arguments.file), at=now)
    document = {"plan": plan, "version": version, "document": number, "file": arguments.file.name}
    tell(arguments, document, lambda: [f"“{arguments.file.name}”已附在方案 {plan} 之后。"])
    return DONE


def _settings(arguments: argparse.Namespace) -> int:
    plan, as_of = _plan_meant(arguments), arguments.as_of or day_of(present())
    in_force = district_as_of(as_of).settings
    settings = [(line.setting, line.value) for line in plan_settings_as_of(plan, as_of)]
    document = {
        "plan": plan,
        "as_of": as_of.isoformat(),
        "settings": [
            {"setting": setting.name, "title": setting.title, "value": in_force[setting.name], "own": own is not None}
            for setting, own in settings
        ],
    }
    tell(arguments, document, lambda: [f"{setting.title}\t{setting.words(own)}" for setting, own in settings])
    return DONE


def _set(arguments: argparse.Namespace) -> int:
    plan, name = _plan_meant(arguments), OF_PLAN.get(arguments.setting, arguments.setting)
    change = change_setting(name, _value(arguments.value), reason=arguments.reason, since=arguments.since, plan=plan)
    since = arguments.since or day_of(present())
    document = {"plan": plan, "setting": name, "value": change.value, "from": since.isoformat()}
    tell(arguments, document, lambda: [f"方案 {plan} 的“{SETTINGS[name].title}”已更改，自 {since} 起生效。"])
    return DONE


def _value(text: str) -> object:
    """What the setting is to be, None as the board has it; words that are neither number nor yes or no are refused."""
    if text == AS_BOARD:
        return None
    return int(text) if text.isdecimal() else YES_OR_NO.get(text, text)
