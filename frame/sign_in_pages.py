"""The pages around signing in, as HTML that needs no script: sign in, change the password, the own account, a
refusal.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from urllib.parse import quote

from markupsafe import Markup
from starlette.responses import HTMLResponse

from frame.appearance import OUR_ICON, TITLE, address
from frame.form_tokens import FIELD
from frame.person_block import sample_banner
from models.people import Person, Role
from rules.as_of import SHANGHAI
from services.accounts.passwords import SHORTEST

MAY = {
    Role.BUREAU: "看全部；裁定存疑、核验、设置",
    Role.INSPECTOR: "看全部；不能改动报送的数据",
    Role.LEADER: "看全部；个人信息隐去",
    Role.UNIT: "报送和填报本单位的；看本单位的明细",
}


def document(heading: str, body: Markup, status: int = 200, *, wide: bool = False) -> HTMLResponse:
    page = Markup(
        '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'  # noqa: E501
        '<title>{} · {}</title>{}<link rel="stylesheet" href="{}"></head>'
        '<body><main class="{}"><p class="board-name">{}</p><h1>{}</h1>{}</main></body></html>'
    ).format(heading, TITLE, Markup(OUR_ICON), address("sign_in.css"), "wide" if wide else "", TITLE, heading, body)
    return HTMLResponse(page, status_code=status, headers={"cache-control": "no-store"})


def form(action: str, token: str, content: Markup, hidden: Mapping[str, str] | None = None, css: str = "") -> Markup:
    fields = Markup("").join(
        Markup('<input type="hidden" name="{}" value="{}">').format(*field)
        for field in {**(hidden or {}), FIELD: token}.items()
    )
    return Markup('<form method="post" action="{}" class="{}">{}{}</form>').format(action, css, fields, content)


def typed(
    label: str, name: str, kind: str, autocomplete: str, value: str = "", note: str = "", *, first: bool = False
) -> Markup:
    """A labelled line to type in."""
    return Markup(
        '<label for="{name}">{label}</label><input id="{name}" name="{name}" type="{kind}" value="{value}" autocomplete="{autocomplete}" '  # noqa: E501
        'maxlength="128" autocapitalize="none" spellcheck="false" required{first}>{note}'
    ).format(
        name=name,
        label=label,
        kind=kind,
        value=value,
        autocomplete=autocomplete,
        first=Markup(" autofocus") if first else "",
        note=Markup('<p class="note">{}</p>').format(note) if note else "",
    )


def said(sentence: str) -> Markup:
    return Markup('<p class="refused" role="alert">{}</p>').format(sentence) if sentence else Markup("")


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
    """`units`: those whose part a visitor of sample data may take, None where no demonstration is offered."""
    fields = (
        typed("账号", "name", "text", "username", name, first=not name and units is None)
        + typed("密码", "password", "password", "current-password", first=bool(name))
        + Markup('<button class="primary">登录</button>')
    )
    account = form("/login", token, fields, {"next": to})
    if single_sign_on is not None:
        account += Markup('<p class="or"><a class="button" href="/oidc/start?next={}">{}登录</a></p>').format(
            quote(to, safe=""), single_sign_on
        )
    account += Markup('<p class="note">没有账号或忘记密码的，请联系管理局。</p>')
    if units is None:
        return document("登录", said(refused) + account, status)
    return document(
        "登录",
        said(refused)
        + Markup(
            '<div class="ways"><section><h2>演示身份</h2>{}</section><section><h2>账号登录</h2>{}</section></div>'
        ).format(demonstration(token, to, units), account),
        status,
        wide=True,
    )


def demonstration(token: str, to: str, units: Sequence[str]) -> Markup:
    roles = Markup("").join(
        Markup('<li><button name="demonstration" value="{}">{}</button><span>{}</span></li>').format(
            role, role.word, MAY[role]
        )
        for role in (Role.BUREAU, Role.INSPECTOR, Role.LEADER)
    )
    options = Markup("").join(Markup("<option>{}</option>").format(unit) for unit in units)
    unit = Markup(
        '<li class="unit"><button name="demonstration" value="unit">责任单位</button><span>{}</span>'
        '<select name="unit" aria-label="责任单位">{}</select></li>'
    ).format(MAY[Role.UNIT], options)
    return Markup('<p class="note">库中是虚构的示例区，选择一个身份即可进入，不需要账号。</p>{}').format(
        form("/login", token, Markup('<ul class="roles">{}{}</ul>').format(roles, unit), {"next": to})
    )


def password_page(token: str, person: Person, *, first: bool, refused: str = "", status: int = 200) -> HTMLResponse:
    why = Markup('<p class="note">初始密码由他人设置，改为自己的密码后才能使用看板。</p>') if first else Markup("")
    fields = (
        typed("当前密码" if not first else "初始密码", "current", "password", "current-password", first=True)
        + typed("新密码", "new", "password", "new-password", note=f"至少 {SHORTEST} 个字符，可以用几个词连成一句。")
        + typed("再输一次新密码", "repeated", "password", "new-password")
        + Markup('<button class="primary">修改密码</button>')
    )
    # The name goes along so that a password store knows whose password it is.
    name = Markup('<input type="text" name="username" value="{}" autocomplete="username" hidden>').format(person.name)
    away = (
        form("/logout", token, Markup('<button class="plain">退出</button>'))
        if first
        else Markup('<p><a href="/account">返回</a></p>')
    )
    return document("修改密码", said(refused) + why + form("/password", token, name + fields) + away, status)


def account_page(
    token: str, person: Person, sign_ins: Sequence[tuple[datetime, datetime, str, str]], *, sample: bool
) -> HTMLResponse:
    facts = Markup("<dl><dt>姓名</dt><dd>{}</dd><dt>角色</dt><dd>{}</dd>{}</dl>").format(
        person.name, person.role.word, Markup("<dt>单位</dt><dd>{}</dd>").format(person.unit) if person.unit else ""
    )
    out = form("/logout", token, Markup('<button class="primary">退出</button>'), css="inline")
    links = Markup('<p class="links"><a href="/">返回看板</a>{}</p>').format(
        Markup('<a href="/password">修改密码</a>') if person.account is not None else ""
    )
    elsewhere = Markup("")
    if sign_ins:
        rows = Markup("").join(
            Markup("<tr><td>{}</td><td>{}</td><td>{}</td></tr>").format(_moment(since), _moment(seen), where)
            for since, seen, where, _ in sign_ins
        )
        elsewhere = Markup(
            "<h2>正在登录的设备</h2><table><thead><tr><th>登录时间</th><th>最近使用</th><th>网络地址</th></tr></thead><tbody>{}</tbody></table>{}"
        ).format(rows, form("/logout-everywhere", token, Markup("<button>退出全部设备</button>"), css="inline"))
    return document(
        "账号", Markup("").join((sample_banner(person) if sample else Markup(""), facts, out, links, elsewhere))
    )


def _moment(at: datetime) -> str:
    return f"{at.astimezone(SHANGHAI):%-m月%-d日 %H:%M}"


def refusal_page(
    heading: str, sentence: str, status: int, way: tuple[str, str] = ("/login", "返回登录")
) -> HTMLResponse:
    """`way`: the address that leads on, and its words."""
    return document(heading, Markup('<p>{}</p><p class="links"><a href="{}">{}</a></p>').format(sentence, *way), status)
