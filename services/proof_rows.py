"""The rows behind a figure: indicator, unit and date in; every row counted or not, with its cell and what the figure reads of it, out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cached_property

import pandas as pd

from catalogue.datasets import DATASETS
from catalogue.guide_rules import GUIDE_RULES
from catalogue.indicators import DATASET_OF_PART, INDICATORS, datasets_of
from data_access.database import Session
from data_access.submissions import submission
from models.corrections import KeptCorrection
from models.definitions import Contribution, Dataset, Indicator, Kind, Part
from models.lamps import IndicatorResult
from models.tables import Submission
from rules.as_of import end_of_day
from rules.duty import last_whole_month
from rules.fields_read import fields_read, noting
from rules.guide.engine import apply_rules
from rules.indicators import at, fold
from rules.lamp import result
from services.in_force import InForce
from services.kept_corrections import kept_corrections
from services.permission import own_unit
from services.personal_data import PlaceInFile, masked_rows
from services.records_in_force import Frames, RecordsInForce, codes_shared


class Standing(StrEnum):
    """How a row stands in the figure."""

    ABOVE = "numerator"  # it adds to the numerator
    PARTLY = "partly"  # of those, the ones that add less to it than to the denominator
    BELOW = "denominator"  # it adds to the denominator alone
    NOT_COUNTED = "rest"


@dataclass(frozen=True)
class PartProof:
    """The rows of one part that an indicator looks at.

    `rows` has submission, file, sheet, row, cell (of the first key field), unit, numerator, denominator, counted
    (whether it counts at the date at all), due, and the part's fields under their Chinese labels. `mended`: submission,
    sheet and row → label → the correction made on screen there. `read`: the labels of what the indicator reads.
    `letters`: submission and sheet → label → the letter of its column. `gauged`: a row in the denominator alone misses a target.
    """

    part: str
    title: str
    rows: pd.DataFrame
    mended: Mapping[PlaceInFile, Mapping[str, KeptCorrection]] = field(default_factory=dict)
    read: tuple[str, ...] = ()
    letters: Mapping[tuple[int, str], Mapping[str, str]] = field(default_factory=dict)
    gauged: bool = True

    @property
    def counted(self) -> pd.DataFrame:
        return self.rows[self.rows["counted"]]

    def standing(self, how: Standing) -> pd.DataFrame:
        """The rows that stand so in the figure."""
        return self.rows[self._stand(how)]

    @cached_property
    def standings(self) -> Mapping[Standing, int]:
        """How many rows stand how; asked by every page of the rows, and these may be a million."""
        return {how: int(self._stand(how).sum()) for how in Standing}

    @cached_property
    def of_several(self) -> bool:
        """Whether the rows are those of several units."""
        return "unit" in self.rows and self.rows["unit"].nunique() > 1

    @cached_property
    def is_dated(self) -> bool:
        """Whether a row counts from a day on."""
        return "due" in self.rows and bool(self.rows["due"].notna().any())

    def _stand(self, how: Standing) -> pd.Series:
        above, below = self.rows["numerator"], self.rows["denominator"]
        if how is Standing.ABOVE:
            return above != 0
        if how is Standing.PARTLY:
            return (above != 0) & (above < below)
        return (above == 0) & (below != 0) if how is Standing.BELOW else ~self.rows["counted"]


@dataclass(frozen=True)
class IndicatorProof:
    indicator: Indicator
    result: IndicatorResult
    parts: tuple[PartProof, ...]
    rules: tuple[str, ...] = ()  # the guide rules it counts on that day


@dataclass
class ProofRows:
    """The records in force of one unit, or of the whole district, each dataset read once for all the indicators that ask for it."""

    session: Session
    as_of: date
    known: InForce
    unit_id: int | None
    summed: Mapping[str, Sequence[str]]  # indicator → the guide rules in force
    _read: dict[tuple[str, ...], Frames] = field(default_factory=dict)
    _told: dict[str, tuple[pd.DataFrame, pd.DataFrame]] = field(default_factory=dict)

    def frames(self, indicator: Indicator) -> Frames:
        datasets = datasets_of(indicator.code)
        if datasets not in self._read:
            units = None if self.unit_id is None else [self.unit_id]
            records = RecordsInForce(self.session, datasets, units, end_of_day(self.as_of), self.known)
            self._read[datasets] = records.frames(self.unit_id, last_whole_month(self.as_of))
        return self._read[datasets]

    def result(self, indicator: Indicator) -> IndicatorResult:
        """What these rows come to, against no target."""
        return result(indicator.code, *at(fold(indicator, self.frames(indicator)), self.as_of), None)

    def proof(self, indicator: Indicator, found: IndicatorResult) -> IndicatorProof:
        return IndicatorProof(indicator, found, self._parts(indicator), tuple(self.summed.get(indicator.code, ())))

    def _parts(self, indicator: Indicator) -> tuple[PartProof, ...]:
        frames = noting(self.frames(indicator))
        if any(frames.get(part) is None for part in indicator.parts):
            return ()
        contributions = _contributions(indicator, self.summed.get(indicator.code, ()), frames)
        sent = _sent(self.session, frames)
        mended = kept_corrections(self.session, sent.values(), self._names())
        judged = indicator.code in INDICATORS
        parts = (_as_seen(self._part(one, frames[one.part], sent)) for one in contributions)
        return tuple(replace(part, mended=_mended(mended, part.part), gauged=judged and part.gauged) for part in parts)

    def _part(self, contribution: Contribution, frame: pd.DataFrame | None, sent: Mapping[int, Submission]) -> PartProof:
        dataset = DATASETS[DATASET_OF_PART[contribution.part]]
        part = dataset.part(contribution.part)
        assert frame is not None
        read, frame = fields_read(part.code, frame), pd.DataFrame(frame)
        if part.code not in self._told:  # several indicators count the same rows: masking a ledger takes longer than counting it
            self._told[part.code] = _told(frame, part, sent, self._names())
        places, fields = self._told[part.code]
        return PartProof(
            part.code, _title(dataset, part, contribution), pd.concat([places, _counted(contribution, frame.index, self.as_of), fields], axis=1),
            read=tuple(field.label for field in part.fields if field.name in read and field.label in fields),
            letters=_letters(part, frame, sent), gauged=contribution.numerator is not None and contribution.denominator is not None)

    def _names(self) -> dict[int, str]:
        return {unit.id: unit.name for unit in self.known.plan.units.values()}


def _contributions(indicator: Indicator, rules: Sequence[str], frames: Frames) -> list[Contribution]:
    """With the parts that are only looked things up in: they count nothing, and decide what counts."""
    if indicator.contributions is None:
        return _rule_contributions(rules, frames)
    found = indicator.contributions(frames)
    return [*found, *(Contribution(part) for part in indicator.parts if part not in {one.part for one in found})]


def _title(dataset: Dataset, part: Part, contribution: Contribution) -> str:
    title = dataset.title if len(dataset.parts) == 1 else f"{dataset.title} · {part.code}"
    return title if contribution.numerator is not None or contribution.denominator is not None else f"{title}（供比对，本身不计入）"


def _mended(corrections: Sequence[KeptCorrection], part: str) -> dict[PlaceInFile, dict[str, KeptCorrection]]:
    found: dict[PlaceInFile, dict[str, KeptCorrection]] = {}
    for one in corrections:
        if one.part == part:
            found.setdefault((one.submission, one.sheet, one.row), {})[one.label] = one
    return found


def _as_seen(part: PartProof) -> PartProof:
    """A unit's person sees the own rows alone, of a lead unit's whole-district indicator too."""
    own = own_unit()
    return part if own is None else replace(part, rows=part.rows[part.rows["unit"] == own])


def _rule_contributions(counted: Sequence[str], frames: Frames) -> list[Contribution]:
    """Guide rules in force: each record adds the rules it passes to the numerator and those that apply to it to the denominator."""
    items = frames["事项"]
    assert items is not None
    rules = [rule for rule in GUIDE_RULES if rule.code in counted]
    marks = apply_rules(rules, frames, shared_codes=codes_shared(items)).marks.values()
    return [
        Contribution(part, *(pd.Series(sum(one.astype("float64") for one in flags), frame.index)
                             for flags in zip(*((mark.passed, mark.applies) for mark in marks if mark.part == part), strict=True)))
        for part, frame in frames.items() if frame is not None and any(mark.part == part for mark in marks)
    ]


def _sent(session: Session, frames: Mapping[str, pd.DataFrame | None]) -> dict[int, Submission]:
    ids = {int(number) for frame in frames.values() if frame is not None for number in frame["submission_id"].unique()}
    return {number: found for number in ids if (found := submission(session, number)) is not None}


def _told(frame: pd.DataFrame, part: Part, sent: Mapping[int, Submission], names: Mapping[int, str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Where each row stands and whose it is; and its fields under their headings, people masked."""
    places = pd.DataFrame({**_places(frame, part, sent), "unit": frame["unit_id"].map(names)}, index=frame.index)
    fields = masked_rows(frame[[field.name for field in part.fields if field.kind is not Kind.UNIT]], part, places["unit"])
    return places, fields.rename(columns={field.name: field.label for field in part.fields})


def _counted(contribution: Contribution, rows: pd.Index, as_of: date) -> pd.DataFrame:
    """What each row adds by the date."""
    zero, due = pd.Series(0.0, rows), contribution.due
    numerator = (contribution.numerator if contribution.numerator is not None else zero).fillna(0.0)
    denominator = (contribution.denominator if contribution.denominator is not None else zero).fillna(0.0)
    in_time = due.notna() & (due <= pd.Timestamp(as_of)) if due is not None else pd.Series(True, rows)
    return pd.DataFrame({
        "numerator": numerator.where(in_time, 0.0), "denominator": denominator.where(in_time, 0.0),
        "counted": in_time & ((numerator != 0) | (denominator != 0)), "due": due if due is not None else pd.NaT,
    })


def _letters(part: Part, frame: pd.DataFrame, sent: Mapping[int, Submission]) -> dict[tuple[int, str], dict[str, str]]:
    """Submission and sheet → label → the letter of the column that it was read from."""
    labels = {field.name: field.label for field in part.fields}
    places = frame.groupby(["submission_id", "sheet"]).size().index
    sheets = [(int(number), sent[int(number)].sheets[int(index)]) for number, index in places]
    return {(number, sheet["name"]): {labels[name]: letter for name, letter in sheet["columns"].items() if name in labels}
            for number, sheet in sheets}


def _places(frame: pd.DataFrame, part: Part, sent: Mapping[int, Submission]) -> dict[str, Sequence[object]]:
    """Where each row stands in the file as uploaded."""
    sheets = [sent[number].sheets[index] for number, index in zip(frame["submission_id"], frame["sheet"], strict=True)]
    key = part.keys[0].name
    return {
        "submission": frame["submission_id"].tolist(),
        "file": [sent[number].file_name for number in frame["submission_id"]],
        "sheet": [sheet["name"] for sheet in sheets],
        "row": frame["row"].tolist(),
        "cell": [f"{sheet['columns'].get(key, '')}{row}" for sheet, row in zip(sheets, frame["row"], strict=True)],
    }
