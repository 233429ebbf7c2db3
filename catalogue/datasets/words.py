"""Choices and fields that several datasets share."""

from models.definitions import Field, Kind

SATISFACTION = {
    "非常满意": ("很好", "5"),
    "满意": ("好", "4"),
    "基本满意": ("一般", "3"),
    "不满意": ("差", "2"),
    "非常不满意": ("很差", "1"),
}


def unit_field(*aliases: str, key: bool = False) -> Field:
    """The column that names the responsible unit."""
    return Field(
        "unit",
        "责任单位",
        Kind.UNIT,
        required=True,
        key=key,
        aliases=aliases,
        note="填写责任单位的规范名称或已登记的别名。",
    )


def yes_no(name: str, label: str, *aliases: str, required: bool = False, demanded: bool = False) -> Field:
    return Field(name, label, Kind.YES_NO, required=required, demanded=demanded, aliases=aliases, note="填“是”或“否”。")


def choices(*words: str, **aliases: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    return {word: aliases.get(word, ()) for word in words}
