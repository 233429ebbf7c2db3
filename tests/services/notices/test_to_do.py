"""待办: who is told of a notice that nobody has received."""

from datetime import date

import pytest

from models.notices import Level
from models.people import Person, Role
from rules.as_of import parse_instant
from services.access.current_user import acting_as
from services.notices.notices import send_notice
from services.notices.to_do import to_do

UNIT, SENT = "区人社局", parse_instant("2023-08-22T09:00")


@pytest.mark.long
def test_a_notice_not_received_in_two_working_days_waits_for_its_sender_and_for_the_bureau(district: None) -> None:
    sender = Person("李样", Role.INSPECTOR, login="lijia")
    with acting_as(sender):
        number = send_notice(UNIT, Level.REMIND, ["measure:1.2.1"], reply_by=date(2023, 8, 28), at=SENT).number

    def notices_waiting(person: Person, day: int) -> list[str]:
        with acting_as(person):
            items = to_do(date(2023, 8, day))
        return [item.code for item in items if item.what == "notice-not-received"]

    assert (notices_waiting(sender, 24), notices_waiting(sender, 25)) == ([], [number])
    assert notices_waiting(Person("王样", Role.INSPECTOR, login="wangjia"), 25) == []
    assert notices_waiting(Person("管理局", Role.BUREAU, login="bureau"), 25) == [number]
