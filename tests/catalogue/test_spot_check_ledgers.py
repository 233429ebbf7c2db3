"""What is printed of an element on a masked sheet."""

import pytest

from catalogue.spot_checks import LEDGERS


@pytest.mark.parametrize(
    ("kind", "claimed"), [("tickets", "solved"), ("help_cases", "closed_on"), ("approvals", "result_uploaded")]
)
def test_what_the_unit_claims_is_not_among_what_every_sheet_tells(kind: str, claimed: str) -> None:
    ledger = LEDGERS[kind]
    assert claimed in (*ledger.rest, *ledger.reads)
    assert claimed not in (*ledger.tells, *ledger.tells_of_people)
