"""Commands that read, asked of a day in a year whose working days are not entered yet."""

import pytest

import manage
from tests.services.plan.test_several_plans import READING

DAY = "2027-03-08"


@pytest.mark.slow
@pytest.mark.parametrize("command", READING, ids=" ".join)
def test_a_command_tells_what_it_can_of_such_a_day_or_that_the_calendar_is_missing(
    sample_database: str, command: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    status = manage.main([*command, DAY, "--json"])
    output = capsys.readouterr()
    if command[0] == "lamps":  # a document without a place to say what could not be told
        assert (status, output.out) == (2, "")
    assert output.out if status in (0, 1) else "未录入2027年工作日历" in output.err
