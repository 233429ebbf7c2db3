"""核验: the queue of what waits for the bureau."""

from collections import Counter
from datetime import date

import pytest

from models.lamps import Lamp
from services.board.scorecard import assess
from services.milestones.evidence import evidence_as_of
from tests.pages.filling import press
from tests.pages.visiting import section_of, text_of

DAY = date(2023, 8, 22)


def waiting():
    return [row for row in assess(DAY).lamps if row.lamp is Lamp.TO_VERIFY]


def with_evidence():
    files = Counter((file.measure, file.unit) for file in evidence_as_of(DAY) if file.taken_back_at is None)
    return [row for row in waiting() if files[row.measure, row.unit]]


@pytest.mark.long
def test_those_without_evidence_stand_apart(visit):
    shown = text_of(visit("verification"))
    ready, bare = with_evidence(), len(waiting()) - len(with_evidence())
    assert f"{len(waiting())} 项待核验：有证明材料 {len(ready)} 项，没有的 {bare} 项" in shown
    assert f"共 {len(ready)} 项" in section_of(shown, "有证明材料的")
    assert f"共 {bare} 项" in section_of(shown, "没有证明材料的")


@pytest.mark.long
def test_after_a_decision_the_next_one_stands_there_with_an_empty_reason(visit):
    app = visit("verification")
    first = text_of(app).split("第 1 项：")[1].split("<small>")[0]
    next(field for field in app.text_input if field.label.startswith("退回理由")).input("缺少盖章文件")
    press(app, "退回")
    shown = text_of(app)
    assert "已退回：缺少盖章文件" in shown and f"{len(waiting())} 项待核验" in shown
    assert first not in shown.split("第 1 项：")[1].split("<small>")[0]
    assert next(field for field in app.text_input if field.label.startswith("退回理由")).value == ""


@pytest.mark.long
def test_several_with_evidence_are_verified_at_once_with_a_reason(visit):
    chosen = [(row.measure, row.unit) for row in with_evidence()[:2]]
    app = visit("verification")
    next(field for field in app.multiselect if field.label == "举措").set_value(chosen)
    next(field for field in app.text_input if field.label.startswith("批量核验的理由")).input("材料齐全")
    press(app, "批量核验通过")
    assert f"{len(chosen)} 项已核验通过" in text_of(app)
    assert all(pair not in [(row.measure, row.unit) for row in waiting()] for pair in chosen)
