"""Who is signed in, at the foot of the sidebar, with the ways to a new password and out; what is said of sample data,
and to nobody.
"""

from markupsafe import Markup

from components.elements.templates import from_template
from models.people import Person


def person_block(person: Person) -> Markup:
    """Return who is signed in, with the ways to a new password and out."""
    name = (person.unit or person.role.word) if person.demonstration else person.name
    role = "演示身份" if person.demonstration else "　".join(filter(None, (person.role.word, person.unit)))
    return from_template("frame/person_block.html", name=name, role=role, has_password=person.account is not None)


def sample_banner(person: Person) -> Markup:
    """Return what stands on every page of the sample district, with the part that a visitor without an account has
    taken.
    """
    role = (person.unit or person.role.word) if person.demonstration else ""
    return from_template("frame/sample_banner.html", role=role)


def nobody(sentence: str) -> Markup:
    """Return what is said to whoever is not signed in."""
    return from_template("frame/nobody.html", sentence=sentence)
