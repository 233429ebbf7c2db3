"""The sample district with a file of evidence of each of two units; a copy a module, in which nothing is written after
that.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest

from models.people import Person, Role
from rules.as_of import parse_instant
from services.access.current_user import acting_as
from services.intake.submissions import recent_submissions
from services.milestones.evidence import attach
from services.milestones.progress import assignments
from tests.engines import Engine

DAY = date(2023, 8, 22)
OWN, OTHER = "区人社局", "青石镇"


@dataclass(frozen=True)
class Known:
    """Numbers of what lies in the sample: a workbook of each unit, a whole-district ledger, a file of evidence of
    each.
    """

    own_submission: int
    other_submission: int
    ledger: int
    own_evidence: int
    other_evidence: int
    measure: str  # a milestone of both


@pytest.fixture(scope="module")
def known(databases: Engine, sample_address: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Known]:
    """DATABASE_URL points to the copy while the module's tests run."""
    folder = tmp_path_factory.mktemp("permitted")
    url = databases.copy(sample_address, folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", url)
        with acting_as(Person("管理局", Role.BUREAU)):
            made = _known()
        yield made
        databases.forget(url)


def _known() -> Known:
    sent = recent_submissions(DAY)
    number = {
        unit: next(submission.id for submission in sent if submission.unit == unit) for unit in (OWN, OTHER, None)
    }
    both = {assignment.measure for assignment in assignments(DAY, OWN)} & {
        assignment.measure for assignment in assignments(DAY, OTHER)
    }
    measure = min(both)
    at = parse_instant("2023-08-01T09:00")
    evidence = {
        unit: attach(measure, unit, f"{unit}通知.pdf", b"%PDF-1.7 " + unit.encode(), at=at) for unit in (OWN, OTHER)
    }
    return Known(number[OWN], number[OTHER], number[None], evidence[OWN], evidence[OTHER], measure)
