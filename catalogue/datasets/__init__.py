"""Every dataset by its code, in the order in which pages list them."""

from catalogue.datasets.engineering import APPROVALS, ENGINEERING_MONTHLY
from catalogue.datasets.guides import GUIDES
from catalogue.datasets.help_cases import HELP_CASES
from catalogue.datasets.hotline import HOTLINE_CALLS, HOTLINE_TICKETS
from catalogue.datasets.lists import ASSESSMENT_PROBLEMS, CATALOGUE_CLAIMS
from catalogue.datasets.plan import PLAN, UNITS
from catalogue.datasets.progress import PROGRESS
from catalogue.datasets.ratings import BAD_REVIEWS, MONTHLY_CASES, REVIEWS
from models.definitions import Dataset

DATASETS: dict[str, Dataset] = {
    dataset.code: dataset
    for dataset in (
        GUIDES,
        MONTHLY_CASES,
        REVIEWS,
        BAD_REVIEWS,
        HOTLINE_TICKETS,
        HOTLINE_CALLS,
        HELP_CASES,
        APPROVALS,
        ENGINEERING_MONTHLY,
        CATALOGUE_CLAIMS,
        ASSESSMENT_PROBLEMS,
        PROGRESS,
    )
}
"""What units report."""

BUREAU_DATASETS: dict[str, Dataset] = {dataset.code: dataset for dataset in (PLAN, UNITS)}
"""What the bureau imports."""
