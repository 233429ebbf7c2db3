"""unit: what happens to units from a day on, entered and listed from the command line, as docs/cli.md has it."""

import json

import pytest

from tests.commands.conftest import Run

DAY = ("--from", "2023-09-15", "--reason", "机构改革", "--at", "2023-09-01T09:00")


def lamps(run: Run, day: str, *words: str) -> str:
    return json.dumps(run("lamps", "--as-of", day, *words, "--json").json, ensure_ascii=False)


def test_a_renaming_holds_from_its_day_on_and_both_names_are_understood(run: Run) -> None:
    before = lamps(run, "2023-09-14")
    entered = run(
        "unit", "rename", "东关街道", "--to", "东关新城街道", *DAY, "--document", "区委编办〔2023〕1号", "--json"
    )
    assert (entered.status, entered.json) == (
        0,
        {
            "number": 1,
            "kind": "rename",
            "from": "2023-09-15",
            "units": ["东关街道"],
            "successors": ["东关新城街道"],
            "reason": "机构改革",
            "document": "区委编办〔2023〕1号",
            "in_words": "东关街道更名为东关新城街道",
            "tasks": [],
            "accounts": [],
        },
    )
    assert lamps(run, "2023-09-14") == before
    by_either = [lamps(run, "2023-09-15", "--unit", unit) for unit in ("东关街道", "东关新城街道")]
    assert by_either[0] == by_either[1]
    assert '"unit": "东关新城街道"' in by_either[0]


def test_a_merger_tells_who_takes_on_what_and_dry_run_stores_nothing(run: Run) -> None:
    words = ("unit", "merge", "河口镇", "石板乡", "--into", "河口镇", *DAY, "--json")
    tried = run(*words, "--dry-run").json
    assert tried["number"] is None
    assert run("unit", "history", "--as-of", "2023-12-01", "--json").json == {"as_of": "2023-12-01", "changes": []}
    entered = run(*words).json
    assert entered == {**tried, "number": 1}
    assert {tuple(row["removed"]) for row in entered["tasks"]} == {("石板乡",)}
    assert entered["accounts"] == [{"unit": "石板乡", "accounts": 0, "acting_for": "河口镇"}]
    assert lamps(run, "2023-09-15", "--unit", "石板乡") == lamps(run, "2023-09-15", "--unit", "河口镇")


def test_units_are_split_founded_and_abolished_and_the_history_tells_it(run: Run) -> None:
    assert run("unit", "split", "区住建局", "--into", "区住房局", "区建设局", *DAY, "--json").status == 0
    founded = run("unit", "found", "新城街道", "--kind", "镇街", *DAY, "--json").json
    assert {tuple(row["added"]) for row in founded["tasks"]} == {("新城街道",)}
    assert run("unit", "abolish", "河口镇", "--successor", "石板乡", *DAY, "--json").json["successors"] == ["石板乡"]
    history = run("unit", "history", "--as-of", "2023-09-20", "--json").json["changes"]
    assert [(change["kind"], change["in_words"]) for change in history] == [
        ("split", "区住建局分为区住房局、区建设局"),
        ("found", "设立新城街道"),
        ("abolish", "撤销河口镇，由石板乡承接"),
    ]
    assert [change["number"] for change in run("unit", "history", "--unit", "河口镇", "--json").json["changes"]] == [3]
    refused = run("lamps", "--as-of", "2023-09-20", "--unit", "区住建局", "--json")
    assert refused.status == 2
    assert "区住房局、区建设局" in refused.stderr


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("rename", "没有局", "--to", "新局"), "单位名册中没有“没有局”"),
        (("split", "区住建局", "--into", "区建设局"), "至少两个承接单位"),
        (("found", "新城街道", "--kind", "街"), "单位类别应为"),
        (("abolish", "三维数字中心"), "没有责任单位"),
    ],
)
def test_what_cannot_be_is_refused_with_one_sentence(run: Run, words: tuple[str, ...], sentence: str) -> None:
    refused = run("unit", *words, *DAY, "--json")
    assert (refused.status, refused.json) == (2, None)
    assert sentence in refused.stderr
