"""Three bulletins issued over the summer, and a fourth that the units named are checking."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sample_data.post import moment

Entry = Mapping[str, object]

OBJECTION = "区住建局"


def bulletins() -> list[Entry]:
    """Return each bulletin by its draft: submitted the same day, co-signed, issued once the fact check was over."""
    return [
        *_issued(1, "2023-07-10", (7, 11), (7, 13), (7, 17)),
        *_issued(2, "2023-07-31", (8, 1), (8, 3), (8, 7)),
        *_issued(3, "2023-08-10", (8, 11), (8, 15), (8, 17)),
        _entry("draft bulletin", 4, _at(8, 21, 9), as_of="2023-08-20"),
        _entry("submit bulletin", 4, _at(8, 21, 10)),
        _entry(
            "object to bulletin",
            4,
            _at(8, 21, 16, 20),
            unit=OBJECTION,
            reason="区域通办事项清单已于8月18日公布，进展报告正在补充佐证材料",
        ),
    ]


def _issued(
    bulletin: int, as_of: str, drafted: tuple[int, int], signed: tuple[int, int], issued: tuple[int, int]
) -> Iterator[Entry]:
    yield _entry("draft bulletin", bulletin, _at(*drafted, 9), as_of=as_of)
    yield _entry("submit bulletin", bulletin, _at(*drafted, 10))
    yield _entry("co-sign bulletin", bulletin, _at(*signed, 15))
    yield _entry("issue bulletin", bulletin, _at(*issued, 9, 30))


def _entry(kind: str, bulletin: int, at: str, **more: str) -> Entry:
    """`bulletin`: the how many-th draft; it is its id."""
    return {"kind": kind, "bulletin": bulletin, "at": at, **more}


def _at(month: int, day: int, hour: int, minute: int = 0) -> str:
    return moment(month, day, hour, minute).isoformat()
