"""How to enter the board, in a sentence for whoever starts it."""

from __future__ import annotations

from data_access.accounts import any_account
from data_access.database import data_version, database_url, reading
from services.accounts.sessions import settings_of

NO_DATABASE = "数据库尚未建立，请用 make run 启动，或先运行 .venv/bin/python manage.py init。"
OPEN_TO_VISITORS = "库中是示例数据：任何人不用账号也能以演示身份进入，查看和改动库中的一切。请勿在此建立真实账号、报送真实数据；正式使用请另建数据库。"  # noqa: E501


def is_sample(version: int | None = None) -> bool:
    """Return whether the data are a sample's: every page says so, and anybody gets in without an account.

    `version`: of the data, where it is known already.
    """
    return bool(settings_of(database_url(), data_version() if version is None else version)["sample_data"])


def how_to_enter() -> str:
    if is_sample():
        return "示例数据：打开网址后选择一个演示身份。"
    with reading() as session:
        if any_account(session):
            return "打开网址后用账号登录。"
    return (
        "尚无账号：请先运行 .venv/bin/python manage.py account add 账号 --person 姓名 --role bureau，"
        "屏幕上显示一次初始密码，首次登录时修改。"
    )
