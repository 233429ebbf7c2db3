"""The pages around signing in, which need no script: sign in, change the password, the own account, a refusal."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import quote

from markupsafe import Markup
from starlette.responses import HTMLResponse

from components.elements.templates import from_template
from frame.appearance import TITLE, address, icon
from frame.form_tokens import FIELD
from frame.person_block import sample_banner
from models.people import Person, Role
from rules.as_of import SHANGHAI
from rules.search_words import LONGEST
from services.accounts.passwords import SHORTEST

MAY = {
    Role.BUREAU: "看全部；裁定存疑、核验、设置",
    Role.INSPECTOR: "看全部；不能改动报送的数据",
    Role.LEADER: "看全部；个人信息隐去",
    Role.UNIT: "报送和填报本单位的；看本单位的明细",
}
ALL_UNITS = (Role.BUREAU, Role.INSPECTOR, Role.LEADER)


def document(template: str, heading: str, status: int = 200, *, wide: bool = False, **values: Any) -> HTMLResponse:
    """Return frame/sign_in/`template` as a page that nothing keeps."""
    page = from_template(
        f"frame/sign_in/{template}",
        heading=heading,
        title=TITLE,
        icon=icon(),
        styles=address("sign_in.css"),
        wide=wide,
        token_field=FIELD,
        **values,
    )
    return HTMLResponse(page, status_code=status, headers={"cache-control": "no-store"})


def no_such_page(path: str) -> HTMLResponse:
    """Return the page for an address at which the board has none, with the search box."""
    return document("no_such_page.html", "没有这个页面", 404, path=path, longest=LONGEST)


def sign_in_page(
    token: str,
    *,
    to: str,
    refused: str = "",
    name: str = "",
    units: Sequence[str] | None = None,
    single_sign_on: str | None = None,
    status: int = 200,
) -> HTMLResponse:
    """Return the page. `units`: those whose part a visitor of sample data may take, None where no demonstration is
    offered.
    """
    return document(
        "sign_in.html",
        "登录",
        status,
        wide=units is not None,
        token=token,
        next=to,
        next_quoted=quote(to, safe=""),
        refused=refused,
        name=name,
        units=units,
        single_sign_on=single_sign_on,
        roles=[(role.value, role.word, MAY[role]) for role in ALL_UNITS],
        unit_may=MAY[Role.UNIT],
    )


def password_page(token: str, person: Person, *, first: bool, refused: str = "", status: int = 200) -> HTMLResponse:
    """Return the page; `first`: an initial password that has to be replaced before anything else."""
    return document(
        "password.html",
        "修改密码",
        status,
        token=token,
        name=person.name,
        is_first=first,
        refused=refused,
        shortest=SHORTEST,
    )


def account_page(
    token: str, person: Person, sign_ins: Sequence[tuple[datetime, datetime, str, str]], *, sample: bool
) -> HTMLResponse:
    """Return the page. `sign_ins`: since when, last seen, from where, and which, of each that is open."""
    banner = sample_banner(person) if sample else Markup("")
    return document(
        "account.html", "账号", token=token, person=person, sign_ins=sign_ins, banner=banner, moment=_moment
    )


def _moment(at: datetime) -> str:
    return f"{at.astimezone(SHANGHAI):%-m月%-d日 %H:%M}"


def refusal_page(
    heading: str, sentence: str, status: int, way: tuple[str, str] = ("/login", "返回登录")
) -> HTMLResponse:
    """Return the page. `way`: the address that leads on, and its words."""
    return document("refusal.html", heading, status, sentence=sentence, address=way[0], words=way[1])
