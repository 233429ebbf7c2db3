"""Every dataset that a module of this folder declares, by its code."""

from catalogue.datasets.plan import PLAN, UNITS
from catalogue.declarations import declared
from catalogue.register import DatasetOfPart, Register
from models.definitions import Dataset

DATASETS: Register[Dataset] = Register(
    "datasets",
    {
        dataset.code: dataset
        for dataset in sorted(declared(__name__, Dataset), key=lambda dataset: (dataset.position, dataset.code))
        if dataset.areas
    },
)
"""What units report, in the order in which pages list it."""

BUREAU_DATASETS: dict[str, Dataset] = {dataset.code: dataset for dataset in (PLAN, UNITS)}
"""What the bureau imports."""

DATASET_OF_PART = DatasetOfPart(
    "dataset of part", {part.code: dataset.code for dataset in DATASETS.shipped.values() for part in dataset.parts}
)

DERIVED_COLUMNS: dict[str, dict[str, tuple[str, ...]]] = {
    dataset.main.code: dataset.derived_columns for dataset in DATASETS.shipped.values() if dataset.derived_columns
}
"""Part → its columns that services fill in → the fields of the file that they follow from."""


def dataset_named(name: str) -> Dataset | None:
    """Return the dataset of this code, else of this title, or None."""
    return DATASETS.get(name) or next((dataset for dataset in DATASETS.values() if dataset.title == name), None)


def datasets_of_area(area: str) -> tuple[str, ...]:
    """Return the codes of the datasets that say they belong to the area."""
    return tuple(dataset.code for dataset in DATASETS.values() if area in dataset.areas)
