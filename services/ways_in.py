"""How to enter the board, in a sentence for whoever starts it."""

from __future__ import annotations

from data_access.accounts import any_account
from data_access.database import is_initialised, reading
from services.sessions import settings_now

NO_DATABASE = "数据库尚未建立，请用 make run 启动，或先运行 .venv/bin/python manage.py init。"


def has_database() -> bool:
    return is_initialised()


def how_to_enter() -> str:
    with reading() as session:
        if settings_now(session)["sample_data"]:
            return "示例数据：打开网址后选择一个演示身份。"
        if any_account(session):
            return "打开网址后用账号登录。"
    return ("尚无账号：请先运行 .venv/bin/python manage.py account add 账号 --person 姓名 --role bureau，"
            "屏幕上显示一次初始密码，首次登录时修改。")
