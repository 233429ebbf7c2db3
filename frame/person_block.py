"""Who is signed in, at the foot of the sidebar, with the ways to a new password and out; what is said of sample data,
and to nobody.
"""

from markupsafe import Markup

from models.people import Person


def person_block(person: Person) -> Markup:
    name = (person.unit or person.role.word) if person.demonstration else person.name
    role = "演示身份" if person.demonstration else "　".join(filter(None, (person.role.word, person.unit)))
    change = Markup('<a href="/password" target="_self">修改密码</a>') if person.account is not None else Markup("")
    return Markup(
        '<div class="person"><p>{}</p><p class="quiet">{}</p><p class="ways-out">{}<a href="/account" target="_self">退出</a></p></div>'  # noqa: E501
    ).format(name, role, change)


def sample_banner(person: Person) -> Markup:
    """On every page of the sample district, with the part that a visitor without an account has taken."""
    part = f"当前为演示身份“{person.unit or person.role.word}”，不是真实用户。" if person.demonstration else ""
    return Markup('<p class="banner" role="note">示例数据：单位、人员和数字均为虚构，仅供演示。{}</p>').format(part)


def nobody(sentence: str) -> Markup:
    return Markup(
        '<p class="banner" role="alert" data-signed-out="1">{} <a href="/login" target="_self">登录</a></p>'
    ).format(sentence)
