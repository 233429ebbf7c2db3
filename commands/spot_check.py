"""spot-check: drawn, shown, recorded, estimated, released, decided; the command line may do all of it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from commands.arguments import Commands, day, instant
from commands.chinese_arguments import Parser
from commands.output import DONE, PROBLEMS, content, tell
from models.people import Role
from models.spot_checks import Result, SpotCheck
from services.access.current_user import acting_as, current_user
from services.access.refusal import RefusedRequest
from services.board.district import today
from services.spot_checks.acts import decide, release, respond, void
from services.spot_checks.drawing import DrawRequest, DrawResult, draw, extend, reproduced, try_draw
from services.spot_checks.estimating import Estimate, estimate
from services.spot_checks.field_sheets import record, sheet
from services.spot_checks.showing import population_of, reserve_of, spot_check_now
from services.spot_checks.spot_check_json import (
    check_json,
    estimate_json,
    keys_json,
    list_json,
    recorded_json,
)
from services.spot_checks.summaries import spot_checks_as_of


def add_to(commands: Commands) -> None:
    acts = commands.group(
        "spot-check",
        "抽查：抽取、查看、核查表、录入、推断、告知、意见、认定、加抽、作废",
        of_plan=True,
    )
    _add_draw(acts)

    shown = _numbered(acts, "show", _show, "显示一次抽查", at=False)
    shown.add_argument("--population", action="store_true", help="连同总体的全部编号")
    shown.add_argument("--verify", action="store_true", help="按现有数据重新抽取，核对是否一致")
    acts.add("list", _list, "列出抽查").add_argument("--as-of", type=day, metavar="日期", help="截至日期，缺省为今天")

    sheet_of = _numbered(acts, "sheet", _sheet, "生成现场表", at=False)
    sheet_of.add_argument("--out", type=Path, required=True, metavar="文件", help="写到哪个 .xlsx 文件")

    recorded = _numbered(acts, "record", _record, "录入填好的现场表")
    recorded.add_argument("file", type=Path, metavar="文件", help="填好的现场表")

    estimated = _numbered(acts, "estimate", _estimate, "估计", at=False)
    estimated.add_argument("--as-of", type=day, metavar="日期", help="截至日期，缺省为今天")

    _numbered(acts, "release", _release, "把核查结果告知各单位")

    answered = _numbered(acts, "respond", _respond, "代责任单位录入意见")
    answered.add_argument("--key", required=True, metavar="编号", help="抽查对象的编号")
    answer = answered.add_mutually_exclusive_group(required=True)
    answer.add_argument("--accept", action="store_true", help="认可")
    answer.add_argument("--object", dest="objection", metavar="理由", help="有异议")

    decided = _numbered(acts, "decide", _decide, "认定问题")
    decided.add_argument("--key", required=True, metavar="编号", help="抽查对象的编号")
    decision = decided.add_mutually_exclusive_group(required=True)
    decision.add_argument("--confirm", action="store_true", help="认定")
    decision.add_argument("--drop", metavar="理由", help="不予认定")
    decided.add_argument("--result", metavar="结果", help="不予认定后计为 pass（合格，缺省）或 unable（无法核查）")

    extended = _numbered(acts, "extend", _extend, "续抽")
    extended.add_argument("--by", type=int, required=True, metavar="数量", help="再抽多少个")

    voided = _numbered(acts, "void", _void, "作废")
    voided.add_argument("--reason", required=True, metavar="理由", help="作废的理由")


def _add_draw(acts: Commands) -> None:
    drawn = acts.add("draw", _draw, "抽取")
    drawn.add_argument("kind", metavar="对象", help="phones、guides、bad_reviews 等十类之一，或方案声明的数据")
    drawn.add_argument("--method", required=True, metavar="方法", help="simple、stratified 或 risk")
    drawn.add_argument("--as-of", type=day, metavar="日期", help="截至日期，缺省为抽取的前一天")
    drawn.add_argument("--size", type=int, metavar="数量", help="抽多少个")
    drawn.add_argument("--margin", type=_share, metavar="误差", help="如 0.1 或 10%%")
    drawn.add_argument("--expected", type=_share, metavar="比例", help="预计的合格比例，缺省 0.5")
    drawn.add_argument("--tolerable", type=_share, metavar="比例", help="可容忍的不合格比例（发现抽样）")
    drawn.add_argument("--confidence", type=_share, default=0.95, metavar="置信度", help="0.90、0.95 或 0.99")
    drawn.add_argument("--seed", metavar="种子", help="1 至 64 个字，缺省由程序产生")
    drawn.add_argument("--units", nargs="+", metavar="单位", help="只抽这些单位")
    drawn.add_argument("--from", dest="month_from", metavar="月份", help="自哪个报送月份，如 2023-06")
    drawn.add_argument("--to", dest="month_to", metavar="月份", help="至哪个报送月份")
    drawn.add_argument("--minimum", type=int, default=1, metavar="数量", help="分层时每单位至少抽多少个，缺省 1")
    drawn.add_argument("--checkers", nargs="+", default=[], metavar="姓名", help="核查人")
    drawn.add_argument("--file", type=Path, metavar="文件", help="自备名单")
    drawn.add_argument("--questions", nargs="+", default=[], metavar="内容", help="方案声明的数据：核查哪些内容")
    drawn.add_argument("--open", action="store_true", help="不保密")
    drawn.add_argument("--dry-run", action="store_true", help="只试抽，不保存")
    drawn.add_argument("--at", type=instant, metavar="时间", help="缺省为现在")


def _numbered(
    acts: Commands, name: str, run: Callable[[argparse.Namespace], int], text: str, *, at: bool = True
) -> Parser:
    parser = acts.add(name, run, text)
    parser.add_argument("number", metavar="编号", help="抽查编号，如 2023-1")
    if at:
        parser.add_argument("--at", type=instant, metavar="时间", help="缺省为现在")
    return parser


def _share(text: str) -> float:
    plain = text.strip().replace("％", "%")
    try:
        return float(plain.rstrip("%")) / 100 if plain.endswith("%") else float(plain)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}”不是比例，请写成 0.1 或 10%") from None


def _inspecting() -> Any:
    """As the supervision office, which draws and records; the log names the command line."""
    return acting_as(replace(current_user(), role=Role.INSPECTOR))


def _draw(arguments: argparse.Namespace) -> int:
    request = DrawRequest(
        arguments.kind,
        arguments.method,
        arguments.as_of,
        arguments.size,
        arguments.margin,
        arguments.expected,
        arguments.tolerable,
        arguments.confidence,
        arguments.seed,
        tuple(arguments.units) if arguments.units else None,
        arguments.month_from,
        arguments.month_to,
        arguments.minimum,
        tuple(arguments.checkers),
        content(arguments.file) if arguments.file else None,
        arguments.file.name if arguments.file else "",
        sealed=False if arguments.open else None,
        questions=tuple(arguments.questions),
    )
    with _inspecting():
        result = (try_draw if arguments.dry_run else draw)(request, at=arguments.at)
    for remark in result.remarks:
        print(remark, file=sys.stderr)
    tell(
        arguments,
        check_json(result.check, result.reserve),
        lambda: [
            _drawn_line(result),
            *(f"{element.position:>4}  {element.key}" for element in result.check.elements),
        ],
    )
    return DONE


def _drawn_line(result: DrawResult) -> str:
    check = result.check
    what = f"抽查 {check.number}" if check.number else "试抽"
    return f"{what}：总体 {check.population} 个，抽取 {len(check.elements)} 个，种子 {check.seed}。"


def _show(arguments: argparse.Namespace) -> int:
    with _inspecting():
        check = spot_check_now(arguments.number)
        document = check_json(check, reserve_of(arguments.number))
        if arguments.population:
            document["keys"] = keys_json(population_of(arguments.number))
        if arguments.verify:
            document["reproduced"] = reproduced(arguments.number)
    tell(arguments, document, lambda: _lines(check, document))
    return DONE if document.get("reproduced", True) else PROBLEMS


def _lines(check: SpotCheck, document: dict[str, Any]) -> list[str]:
    verified = {True: ["重新抽取的结果一致。"], False: ["重新抽取的结果不一致：抽取之后数据有补录或撤回。"], None: []}
    what = f"抽查 {check.number}：{check.kind.title}，{check.method.word}，截至 {check.as_of}，{check.state.word}"
    return [
        f"{what}；总体 {check.population} 个，抽取 {len(check.elements)} 个，已录入 {check.recorded} 个。",
        *(f"{element.position:>4}  {element.key}  {element.result.word}" for element in check.elements),
        *verified[document.get("reproduced")],
    ]


def _list(arguments: argparse.Namespace) -> int:
    with _inspecting():
        checks = spot_checks_as_of(arguments.as_of or today())
    tell(
        arguments,
        list_json(checks),
        lambda: [
            f"{check.number}  {check.kind.title}  {check.method.word}  截至 {check.as_of}  {check.state.word}"
            for check in checks
        ],
    )
    return DONE


def _sheet(arguments: argparse.Namespace) -> int:
    with _inspecting():
        _, workbook = sheet(arguments.number, reason="命令行生成现场表")
    try:
        arguments.out.write_bytes(workbook)
    except OSError as error:
        raise RefusedRequest(f"写不了文件“{arguments.out}”，请检查路径。") from error
    tell(
        arguments,
        {"number": arguments.number, "file": str(arguments.out)},
        lambda: [f"现场表已写到 {arguments.out}。"],
    )
    return DONE


def _record(arguments: argparse.Namespace) -> int:
    with _inspecting():
        result = record(arguments.number, content(arguments.file), arguments.file.name, at=arguments.at)
    document = recorded_json(result.check.number, result.check, result.problems, result.accepted)
    tell(
        arguments,
        document,
        lambda: [
            *(f"{problem.sheet}{problem.cell or ''}：{problem.message}" for problem in result.problems),
            f"已录入 {document['recorded']} 个，未录入 {document['unrecorded']} 个。"
            if result.accepted
            else "有错误，没有入库。",
        ],
    )
    return DONE if result.accepted else PROBLEMS


def _estimate(arguments: argparse.Namespace) -> int:
    with _inspecting():
        estimated = estimate(arguments.number, arguments.as_of or today())
    tell(arguments, estimate_json(estimated), lambda: _estimate_lines(estimated))
    return DONE


def _estimate_lines(estimated: Estimate) -> list[str]:
    lines = [f"已核查 {estimated.checked} 个，其中合格 {estimated.results[Result.PASS]} 个。"]
    if estimated.interval is not None:
        lines.append(
            f"总体合格率 {estimated.interval.rate:.1%}，"
            f"区间 {estimated.interval.low:.1%} 至 {estimated.interval.high:.1%}。"
        )
    return lines


def _release(arguments: argparse.Namespace) -> int:
    with _inspecting():
        return _told(arguments, release(arguments.number, at=arguments.at))


def _respond(arguments: argparse.Namespace) -> int:
    with _inspecting():
        check = spot_check_now(arguments.number)
    if check.released_at is None:
        why = f"已作废（{check.void_reason}）。" if check.voided_at else "尚未告知各单位，请先告知。"
        raise RefusedRequest(f"抽查 {check.number} {why}")
    element = check.element(arguments.key)
    if element is None:
        raise RefusedRequest(f"抽查 {arguments.number} 没有抽到“{arguments.key}”，请核对编号。")
    with acting_as(replace(current_user(), role=Role.UNIT, unit=element.unit)):
        check = respond(
            arguments.number,
            arguments.key,
            accepts=arguments.accept,
            text=arguments.objection or "",
            at=arguments.at,
        )
    return _told(arguments, check)


def _decide(arguments: argparse.Namespace) -> int:
    if arguments.confirm and arguments.result is not None:
        raise RefusedRequest("只有不予认定时可以写 --result，认定的计为不合格。")
    with _inspecting():
        check = decide(
            arguments.number,
            arguments.key,
            confirms=arguments.confirm,
            reason=arguments.drop or "",
            counts_as=Result.PASS.value if arguments.result is None else arguments.result,
            at=arguments.at,
        )
    return _told(arguments, check)


def _extend(arguments: argparse.Namespace) -> int:
    with _inspecting():
        check = extend(arguments.number, arguments.by, at=arguments.at)
        document = check_json(check, reserve_of(arguments.number))
    tell(arguments, document, lambda: _lines(check, document))
    return DONE


def _void(arguments: argparse.Namespace) -> int:
    with _inspecting():
        return _told(arguments, void(arguments.number, reason=arguments.reason, at=arguments.at))


def _told(arguments: argparse.Namespace, check: SpotCheck) -> int:
    tell(
        arguments,
        {"number": check.number, "state": check.state.value},
        lambda: [f"抽查 {check.number}：{check.state.word}。"],
    )
    return DONE
