"""From the cells of an uploaded workbook to its dataset, unit, month, records and every wrong cell (datasets.md)."""

from rules.intake.context import IntakeContext, Understanding
from rules.intake.record_values import to_json_records
from rules.intake.understanding import understand
from rules.intake.unit_names import UnitNames

__all__ = ["IntakeContext", "Understanding", "UnitNames", "to_json_records", "understand"]
