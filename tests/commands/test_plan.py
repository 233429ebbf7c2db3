"""plan preview, show and export."""

import json
from pathlib import Path

import pytest

import manage
from tests.services.plan.test_preview import PLAN, with_row, workbook


def test_a_plan_is_tried_exported_and_shown(
    planned_database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, bad, exported = tmp_path / "方案.xlsx", tmp_path / "有误.xlsx", tmp_path / "导出.xlsx"
    good.write_bytes(workbook(PLAN))
    bad.write_bytes(workbook(PLAN | with_row("指标", 0, 分子="行数(类别=低压 且 按期(送电时刻, 承诺日期))")))
    assert manage.main(["plan", "preview", str(good), "--json"]) == 0
    preview = json.loads(capsys.readouterr().out)
    assert (preview["plan"], preview["accepted"], preview["errors"]) == ("2024-YS", True, [])
    assert preview["added"]["datasets"] == ["办电台账"]
    assert set(preview) == {"plan", "accepted", "errors", "doubts", "added", "changed", "ended", "in_words"}
    assert manage.main(["plan", "preview", str(bad), "--json"]) == 1
    errors = json.loads(capsys.readouterr().out)["errors"]
    assert {"sheet": "指标", "cell": "C2", "field": "分子", "code": "unknown-field"}.items() <= errors[0].items()
    assert manage.main(["plan", "export", "--out", str(exported), "--json"]) == 0
    capsys.readouterr()
    assert manage.main(["plan", "preview", str(exported)]) == 0
    assert "没有错误。" in capsys.readouterr().out
    assert manage.main(["plan", "show", "--as-of", "2023-08-22", "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert (shown["plan"], len(shown["tasks"])) == ("2023", 24)
