"""upgrade, entrance, refold, backup, restore: the database as a whole."""

from __future__ import annotations

import argparse
from pathlib import Path

from commands.arguments import Commands
from commands.output import DONE, PROBLEMS, tell
from data_access.database import is_initialised
from services.access.refusal import RefusedRequest
from services.accounts.ways_in import NO_DATABASE, how_to_enter
from services.figures.refold import refold
from services.operations.backup import back_up, back_up_routinely, restore
from services.operations.upgrade import bring_up_to_date
from services.operations.verify_backup import verified_in_words, verified_json, verify_backup


def add_to(commands: Commands) -> None:
    commands.add(
        "upgrade",
        _upgrade,
        "升级已有数据库的结构和指标，先备份，失败时恢复；不导入任何内容，也不新建",
        needs_database=False,
    )
    commands.add("entrance", _entrance, "说明如何进入看板")
    commands.add("refold", _refold, "从报送记录重新计算全部指标和分类数据，可以反复运行")
    saved = commands.add("backup", _backup, "把整个内置数据库备份为一个文件，或核对一份备份", needs_database=False)
    saved.add_argument(
        "what", nargs="?", choices=["verify"], metavar="verify", help="核对一份备份：在旁边恢复，与现在的库比较"
    )
    saved.add_argument("file", nargs="?", type=Path, metavar="备份文件", help="要核对的备份")
    saved.add_argument("--out", type=Path, metavar="文件", help="写到哪里")
    saved.add_argument("--keep", type=int, metavar="份数", help="按时间命名，检查后只保留最近的这么多份")
    saved.add_argument("--folder", type=Path, metavar="目录", help="与 --keep 同用：放在哪里，不写的在库旁的 backups")

    taken = commands.add("restore", _restore, "用备份恢复内置数据库", needs_database=False)
    taken.add_argument("file", type=Path, metavar="文件", help="备份文件")


def _refold(arguments: argparse.Namespace) -> int:
    done = refold()
    tell(
        arguments,
        {"figures": done.figures, "breakdowns": done.breakdowns, "changed": done.changed},
        lambda: [
            f"已从报送记录重算：指标 {done.figures:,} 条，分类数据 {done.breakdowns:,} 条，"
            + ("与原来不同，已更正。" if done.changed else "与原来完全相同。")
        ],
    )
    return DONE


def _backup(arguments: argparse.Namespace) -> int:
    if arguments.what == "verify":
        return _verify_backup(arguments)
    if not is_initialised():
        raise RefusedRequest(NO_DATABASE)
    if (arguments.out is None) == (arguments.keep is None):
        raise RefusedRequest("请写明 --out 文件，或者 --keep 份数，两者写一个。")
    return _back_up_routinely(arguments) if arguments.out is None else _back_up(arguments)


def _verify_backup(arguments: argparse.Namespace) -> int:
    if arguments.file is None or arguments.out or arguments.keep:
        raise RefusedRequest("请写成 backup verify 备份文件。")
    verified = verify_backup(arguments.file)
    tell(arguments, verified_json(verified), lambda: verified_in_words(verified))
    return PROBLEMS if verified.problems else DONE


def _back_up_routinely(arguments: argparse.Namespace) -> int:
    done = back_up_routinely(arguments.folder, arguments.keep)
    tell(
        arguments,
        {
            "out": str(done.out),
            "audit": {"entries": done.entries, "digest": done.digest},
            "removed": list(done.removed),
        },
        lambda: [
            f"已备份到 {done.out}，打开检查过。",
            f"其中审计日志的最后一条：{done.entries}:{done.digest}",
            *(f"已删除过期备份 {name}。" for name in done.removed),
        ],
    )
    return DONE


def _back_up(arguments: argparse.Namespace) -> int:
    entries, digest = back_up(arguments.out)
    tell(
        arguments,
        {"out": str(arguments.out), "audit": {"entries": entries, "digest": digest}},
        lambda: [f"已备份到 {arguments.out}。", f"其中审计日志的最后一条：{entries}:{digest}"],
    )
    return DONE


def _restore(arguments: argparse.Namespace) -> int:
    done = restore(arguments.file)
    tell(
        arguments,
        {
            "restored": str(arguments.file),
            "kept": done.set_aside and str(done.set_aside),
            "sign_ins_ended": done.sign_ins_ended,
            "accounts": list(done.accounts),
        },
        lambda: [
            f"已从 {arguments.file} 恢复，所有登录已结束（{done.sign_ins_ended} 个），请重新登录。",
            *([f"原数据库保存在 {done.set_aside}。"] if done.set_aside else []),
            *(f"账号有变化：{line}。" for line in done.accounts),
        ],
    )
    return DONE


def _upgrade(arguments: argparse.Namespace) -> int:
    copy = bring_up_to_date(say=(lambda _: None) if arguments.json else print)
    tell(arguments, {"upgraded": True, "backup": copy and str(copy)}, list)
    return DONE


def _entrance(arguments: argparse.Namespace) -> int:
    words = how_to_enter()
    tell(arguments, {"entrance": words}, lambda: [words])
    return DONE
