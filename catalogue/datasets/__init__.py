"""Every dataset that a module of this folder declares, by its code."""

from catalogue.datasets.plan import PLAN, UNITS
from catalogue.declarations import declared
from models.definitions import Dataset

DATASETS: dict[str, Dataset] = {
    dataset.code: dataset
    for dataset in sorted(declared(__name__, Dataset), key=lambda dataset: (dataset.position, dataset.code))
    if dataset.areas
}
"""What units report, in the order in which pages list it."""

BUREAU_DATASETS: dict[str, Dataset] = {dataset.code: dataset for dataset in (PLAN, UNITS)}
"""What the bureau imports."""

DATASET_OF_PART: dict[str, str] = {part.code: dataset.code for dataset in DATASETS.values() for part in dataset.parts}

DERIVED_COLUMNS: dict[str, dict[str, tuple[str, ...]]] = {
    dataset.main.code: dataset.derived_columns for dataset in DATASETS.values() if dataset.derived_columns
}
"""Part → its columns that services fill in → the fields of the file that they follow from."""


def datasets_of_area(area: str) -> tuple[str, ...]:
    """Return the codes of the datasets that say they belong to the area."""
    return tuple(dataset.code for dataset in DATASETS.values() if area in dataset.areas)
