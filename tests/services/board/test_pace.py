"""序时进度 on real reports: beside the lamp, by a dated setting, for the unit itself."""

from collections.abc import Callable
from datetime import date

from data_access.database import writing
from data_access.settings import set_setting
from models.lamps import Lamp
from models.people import Role
from rules.as_of import parse_instant
from services.board.lamps_json import lamps_json
from services.board.scorecard import assess
from tests.services.conftest import Report, lamp

UNIT = "区人社局"
HALF = {"举措编号": "2.2.1", "进展状态": "推进中", "进展情况": "已制定清单", "完成比例": 50}


def test_a_milestone_at_half_with_most_of_the_time_gone_is_behind_until_it_is_switched_off(report: Report) -> None:
    report("progress", UNIT, "2023-06", [HALF], "2023-07-03T09:00")
    with writing() as session:
        set_setting(session, "pace", False, since=parse_instant("2023-07-20T00:00"), reason="", by="")
    [pace] = lamp("2.2.1", UNIT, "2023-07-10").behind
    assert (pace.value, pace.start) == (0.5, date(2023, 1, 1)) and pace.due > 0.5
    assert lamp("2.2.1", UNIT, "2023-03-01").behind == ()
    assert lamp("2.2.1", UNIT, "2023-07-20").behind == ()
    assert lamp("2.2.1", UNIT, "2023-07-20").lamp is lamp("2.2.1", UNIT, "2023-07-10").lamp is Lamp.ON_TRACK


def test_the_lamps_of_the_command_line_and_those_of_other_units_say_nothing_of_it(
    report: Report, become: Callable[..., None]
) -> None:
    report("progress", UNIT, "2023-06", [HALF], "2023-07-03T09:00")
    card = assess(date(2023, 7, 10))
    assert any(row.behind for row in card.lamps)
    assert all("behind" not in row and "pace" not in row for row in lamps_json(card)["lamps"])
    become(Role.UNIT, "区住建局")
    assert not any(row.behind for row in assess(date(2023, 7, 10)).lamps if row.unit == UNIT)
