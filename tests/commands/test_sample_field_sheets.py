"""The two filled-in field sheets of the sample: the clean one goes in, the messy one comes back."""

from pathlib import Path

import pytest

from sample_data.make_field_sheets import SEED
from sample_data.story import PERFECT
from tests.commands.conftest import Run

SAMPLE = Path(__file__).resolve().parents[2] / "sample_data"
RECORDED = "2023-08-22T11:00"


@pytest.fixture
def drawn(run: Run, sample_database: str) -> str:
    """The number of the check of which the sheets are, drawn in the sample district."""
    answer = run(
        "spot-check",
        "draw",
        "phones",
        "--method",
        "simple",
        "--units",
        *PERFECT,
        "--seed",
        SEED,
        "--at",
        "2023-08-22T09:00",
        "--json",
    )
    assert (answer.status, answer.json["population"]) == (0, 8)
    return str(answer.json["number"])


def test_the_clean_sheet_goes_in(drawn: str, run: Run) -> None:
    answer = run("spot-check", "record", drawn, SAMPLE / "clean" / "spot_check.xlsx", "--at", RECORDED, "--json")
    assert (answer.status, answer.json["errors"]) == (0, [])
    assert (answer.json["recorded"], answer.json["unrecorded"]) == (8, 0)
    estimate = run("spot-check", "estimate", drawn, "--as-of", "2023-08-22", "--json").json
    assert (estimate["pass"], estimate["fail"], estimate["unable"]) == (5, 2, 1)


def test_the_messy_sheet_comes_back_with_its_wrong_cells_and_nothing_is_stored(drawn: str, run: Run) -> None:
    answer = run("spot-check", "record", drawn, SAMPLE / "messy" / "spot_check.xlsx", "--at", RECORDED, "--json")
    assert (answer.status, answer.json["accepted"], answer.json["recorded"]) == (1, False, 0)
    assert {error["cell"]: (error["field"], error["code"]) for error in answer.json["errors"]} == {
        "F7": ("问2：号码确为该单位该业务所用", "answer-missing"),
        "M8": ("第二次拨打", "attempts-too-close"),
        "L9": ("第一次拨打", "outside-hours"),
        "M9": ("第二次拨打", "attempt-missing"),
        "I10": ("情况说明", "missing-value"),
        "J11": ("核查人", "missing-value"),
        "K11": ("核查时间", "out-of-range"),
        "E12": ("问1：工作时间拨打，有人接听", "not-yes-or-no"),
        "B13": ("编号", "unknown-element"),
    }
