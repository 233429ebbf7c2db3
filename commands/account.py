"""account …: who may sign in."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from commands.arguments import Commands
from commands.output import DONE, content, sample_warning, tell
from models.people import Role
from services.accounts.import_accounts import import_accounts
from services.accounts.register import (
    NewAccount,
    accounts,
    add_account,
    allow_single_sign_on,
    disable_account,
    enable_account,
    reset_password,
)


def add_to(commands: Commands) -> None:
    account = commands.group("account", "账号：add、import、disable、enable、password、single-sign-on、list")
    add = account.add("add", _account_add, "新增账号，显示一次初始密码")
    add.add_argument("name", metavar="账号", help="登录时输入的账号")
    add.add_argument("--person", required=True, metavar="姓名", help="姓名")
    add.add_argument(
        "--role", required=True, choices=[role.value for role in Role], help="管理局、督查室、责任单位、领导"
    )
    add.add_argument("--unit", metavar="单位", help="责任单位的名称，角色为 unit 时必填")
    add.add_argument("--single-sign-on", action="store_true", help="可用统一身份登录")
    single = account.add("single-sign-on", _account_single_sign_on, "开通或取消一个账号的统一身份登录")
    single.add_argument("name", metavar="账号", help="登录时输入的账号")
    single.add_argument("--off", action="store_true", help="取消，并解除绑定")
    imported = account.add("import", _account_import, "从工作簿（账号 姓名 角色 责任单位 可用统一身份登录）导入账号")
    imported.add_argument("file", type=Path, metavar="文件", help="工作簿")
    for name, run, text in (
        ("disable", _account_disable, "停用账号"),
        ("enable", _account_enable, "启用账号"),
        ("password", _account_password, "重置密码，显示一次"),
    ):
        account.add(name, run, text).add_argument("name", metavar="账号", help="登录时输入的账号")
    account.add("list", _account_list, "列出账号")


def _account_add(arguments: argparse.Namespace) -> int:
    return _passwords_told_once(
        arguments,
        (
            add_account(
                arguments.name,
                arguments.person,
                arguments.role,
                arguments.unit,
                single_sign_on=arguments.single_sign_on,
            ),
        ),
    )


def _account_password(arguments: argparse.Namespace) -> int:
    return _passwords_told_once(arguments, (reset_password(arguments.name),))


def _account_import(arguments: argparse.Namespace) -> int:
    return _passwords_told_once(arguments, import_accounts(content(arguments.file), arguments.file.name))


def _passwords_told_once(arguments: argparse.Namespace, new: Sequence[NewAccount]) -> int:
    tell(
        arguments,
        {"accounts": [vars(account) for account in new]},
        lambda: [
            "账号\t姓名\t初始密码（只显示这一次，首次登录时修改）",
            *(f"{account.name}\t{account.person}\t{account.password}" for account in new),
            *sample_warning(),
        ],
    )
    return DONE


def _account_disable(arguments: argparse.Namespace) -> int:
    disable_account(arguments.name)
    tell(
        arguments,
        {"name": arguments.name, "disabled": True},
        lambda: [f"账号“{arguments.name}”已停用，正在进行的登录已全部结束。"],
    )
    return DONE


def _account_enable(arguments: argparse.Namespace) -> int:
    enable_account(arguments.name)
    tell(arguments, {"name": arguments.name, "disabled": False}, lambda: [f"账号“{arguments.name}”已启用。"])
    return DONE


def _account_single_sign_on(arguments: argparse.Namespace) -> int:
    allow_single_sign_on(arguments.name, allowed=not arguments.off)
    tell(
        arguments,
        {"name": arguments.name, "single_sign_on": not arguments.off},
        lambda: [
            f"账号“{arguments.name}”"
            + (
                "已取消统一身份登录，绑定已解除，正在进行的登录已全部结束。"
                if arguments.off
                else "已开通统一身份登录。"
            )
        ],
    )
    return DONE


def _account_list(arguments: argparse.Namespace) -> int:
    known = accounts()
    document = {
        "accounts": [
            {
                "name": account.name,
                "person": account.person,
                "role": account.role,
                "unit": account.unit,
                "disabled": account.disabled,
                "must_change": account.must_change,
                "single_sign_on": account.single_sign_on,
                "bound": account.bound,
                "last_sign_in": account.last_sign_in and account.last_sign_in.isoformat(),
            }
            for account in known
        ]
    }
    tell(
        arguments,
        document,
        lambda: (
            [
                "\t".join(
                    (
                        account.name,
                        account.person,
                        account.unit or account.role.word,
                        "已停用" if account.disabled else "初始密码未改" if account.must_change else "启用",
                    )
                )
                for account in known
            ]
            or ["尚无账号。"]
        ),
    )
    return DONE
