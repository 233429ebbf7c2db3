"""From the datasets that expressions may speak of to what a name in an expression means, or the nearest one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz, process

from models.definitions import Dataset, Field, Kind, Part
from models.expressions import ExpressionError, FieldRead
from rules.expressions.tokens import KnownNames, plain

_NEAR = 40  # similarity from which a known name is worth suggesting


@dataclass(frozen=True)
class Source:
    """One table of a dataset and how it is called."""

    dataset: Dataset
    part: Part

    @property
    def title(self) -> str:
        return self.dataset.title if self.part is self.dataset.main else f"{self.dataset.title}·{self.part.title}"

    @cached_property
    def fields(self) -> dict[str, Field]:
        """Name → field: labels before synonyms."""
        labels = {plain(field.label): field for field in self.part.fields}
        synonyms = {plain(alias): field for field in self.part.fields for alias in field.aliases}
        return synonyms | labels

    def field(self, name: str) -> FieldRead | None:
        field = self.fields.get(plain(name))
        if field is None:
            return None
        column = "unit" if field.kind is Kind.UNIT else field.name  # records in force name their unit so
        return FieldRead(self.part.code, column, field.label, field.kind, self.title)


class Vocabulary:
    """Every dataset, part and field by its names."""

    def __init__(self, datasets: Iterable[Dataset]) -> None:
        self.sources = [Source(dataset, part) for dataset in datasets for part in dataset.parts]
        self._named: dict[str, list[Source]] = {}
        for source in self.sources:
            dataset = source.dataset
            for name in dict.fromkeys((dataset.title, dataset.code, *dataset.names, source.part.title)):
                self._named.setdefault(plain(name), []).append(source)
        self._own_names = {plain(source.dataset.title) for source in self.sources}

    @cached_property
    def names(self) -> KnownNames:
        fields = {name for source in self.sources for name in source.fields}
        return KnownNames(fields | set(self._named))

    @cached_property
    def words(self) -> KnownNames:
        """What choices may be."""
        return KnownNames(
            {
                word
                for source in self.sources
                for field in source.part.fields
                for choice, synonyms in field.choices.items()
                for word in (choice, *synonyms)
            }
        )

    def kind_choices(self, read: FieldRead) -> dict[str, str]:
        """Return every word that names a choice of the field, plain → the canonical word."""
        field = self._field(read)
        return {plain(word): choice for choice, synonyms in field.choices.items() for word in (*synonyms, choice)} | {
            plain(choice): choice for choice in field.choices
        }

    def _field(self, read: FieldRead) -> Field:
        source = next(source for source in self.sources if source.part.code == read.part)
        return source.fields[plain(read.label)]

    def dataset_of(self, part: str) -> Dataset:
        return next(source.dataset for source in self.sources if source.part.code == part)

    def sources_named(self, names: Sequence[str], place: int) -> list[Source]:
        """Return the parts of a dataset, its main part first; of “数据.工作表” the one. Raises unknown-dataset."""
        sources = self._named.get(plain(names[0]), [])
        own = [source for source in sources if plain(source.dataset.title) == plain(names[0])]
        sources = own or sources
        if len(names) > 1:
            sources = [source for source in sources if plain(source.part.title) == plain(names[1])]
        if not sources:
            full_name = ".".join(names)
            raise ExpressionError(
                "unknown-dataset",
                f"第 {place} 个字：没有数据“{full_name}”，{_suggestion(full_name, [s.title for s in self.sources])}。",
                place,
            )
        return sources

    def sources_with(self, name: str) -> list[Source]:
        """Return every part that has a field of this name: where it is a label, not those where it is a synonym."""
        having = [source for source in self.sources if source.field(name)]
        labelled = [source for source in having if plain(source.fields[plain(name)].label) == plain(name)]
        return labelled or having

    def unknown_field(self, name: str, place: int, sources: Sequence[Source]) -> ExpressionError:
        labels = [field.label for source in sources or self.sources for field in source.part.fields]
        where = f"“{sources[0].dataset.title}”中" if sources else ""
        return ExpressionError(
            "unknown-field", f"第 {place} 个字：{where}没有字段“{name}”，{_suggestion(name, labels)}。", place
        )


def _suggestion(name: str, known: Sequence[str]) -> str:
    best = process.extractOne(name, sorted(set(known)), scorer=fuzz.ratio, score_cutoff=_NEAR)
    return f"是否为“{best[0]}”？请改正" if best else "请改用已登记的名称"
