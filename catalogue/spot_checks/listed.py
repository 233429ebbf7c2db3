"""The list that the kind 自备名单 draws from, as it is uploaded."""

from catalogue.datasets.words import unit_field, yes_no
from models.definitions import Dataset, Field, Frequency, Kind, Part

SPOT_CHECK_LIST = Dataset(
    "spot_check_list",
    "抽查名单",
    Frequency.SNAPSHOT,
    (
        Part(
            "spot_check_list",
            (
                unit_field(key=True),
                Field("code", "编号", Kind.CODE, required=True, key=True),
                Field("content", "内容", required=True),
                yes_no("claim", "自报"),
            ),
        ),
    ),
    (),
)
