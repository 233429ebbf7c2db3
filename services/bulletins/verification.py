"""An issued bulletin held against its files, its renderer and the database: whether all is still as it was printed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from data_access.bulletins import is_intact, issue_of, issued_files
from data_access.database import reading
from rules.bulletins.differences import differences
from rules.bulletins.particulars import Particulars
from rules.numbering import number_of
from services.access.chosen_plan import asking_of
from services.access.permission import WHO_SEES_ALL, requires_role
from services.access.refusal import RefusedRequest
from services.bulletins.gathering import figures_of
from services.bulletins.printing import DOCUMENT, WORKBOOK, print_files
from services.bulletins.register import named_bulletin
from services.figures.district_state import plan_on_board


@dataclass(frozen=True)
class Verification:
    """`files_intact`: the stored files have their hashes; `rendered_equal`: the same figures and pictures make the same
    files; `differences`: what the database tells otherwise now, as {"where", "issued", "now"}.
    """

    number: str
    files_intact: bool
    rendered_equal: bool
    differences: tuple[dict[str, Any], ...]

    @property
    def figures_equal(self) -> bool:
        return not self.differences

    @property
    def holds(self) -> bool:
        return self.files_intact and self.rendered_equal and self.figures_equal


@requires_role(*WHO_SEES_ALL)
def verify_bulletin(name: str) -> Verification:
    """Compute an issued bulletin again and compare. Raises RefusedRequest, CalendarMissing."""
    with reading() as session:
        row = named_bulletin(session, name)
        issue = issue_of(session, row.id or 0)
        if issue is None:
            raise RefusedRequest(f"通报“{name}”尚未印发，没有可核对的文件。")
        files = issued_files(session, issue.bulletin_id)
        stored = {file.name: content for file, content in files}
        pictures = {file.name: content or b"" for file, content in files if file.name not in (DOCUMENT, WORKBOOK)}
        intact = all(is_intact(file, content) for file, content in files)
        made_again = dict(print_files(row.figures, Particulars.of_json(issue.particulars), pictures)) if intact else {}
        with asking_of(plan_on_board(session, row.plan)):
            now = figures_of(session, row.as_of, row.compared)
        return Verification(
            number_of(issue.year, issue.serial),
            intact,
            intact and made_again == stored,
            tuple(differences(row.figures, now)),
        )
