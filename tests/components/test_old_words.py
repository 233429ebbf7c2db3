"""Words that the review of the screens replaced stand nowhere on them any more (screens.md, section 9)."""

import re
from pathlib import Path

import pytest

from tests.test_house import literals

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("pages", "components", "frame", "services", "rules", "models", "catalogue")
OLD = (
    "只有一个月末有数值，还没有走势",
    "每个单位应报的每项数据都报送过",
    "件，没有未办结的；已办结 0",
    "责任事项",
    "了结存疑",
    "差的在前",
    "分子大的在前",
    "少的在前，刻度为目标",
    "刻度为目标",
    "形状为最差的一项",
    "数字为该灯的举措数",
    "点击",
    "点开",
    "数值对目标",
    "另列（不计灯）",
    "分子小于分母",
    "办结很久后评价",
    "同一人多次",
    "参与评价量／明细",
    "分母不足 10 而 100%",
    "有办件而没有一条本人评价",
    "夜间没有接通一个电话",
    "只列出，不计入",
    "承诺日期前办结为按期",
    "可用而未用",
    "免报: ",
    "读到的内容",
    "未作记录的行",
    "规范化读取的内容",
    "为哪些单位报送",
    "这次报送改变的红绿灯",
    "没有留存受理前后的红绿灯",
    "办理哪个账号",
    "更改哪一项",
    "自哪一天起",
    "修改哪个单位",
    "自始",
    "不超过这么多个工作日",
    "整库被改写的",
    "任务随方案原文自此变动",
    "没有退回后尚未重新报完成的举措",
    "”、“",
)
"""What stood there before; what stands there now is in the document."""


@pytest.fixture(scope="module")
def said() -> dict[str, list[str]]:
    """File → what it says on screens: strings of modules, text of templates without their notes."""
    modules = [path for name in FOLDERS for path in (ROOT / name).rglob("*.py")]
    files = {str(path.relative_to(ROOT)): list(literals(path.read_text(encoding="utf-8"))) for path in modules}
    for path in (ROOT / "components").rglob("*.html"):
        files[str(path.relative_to(ROOT))] = [re.sub(r"{#.*?#}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)]
    return files


@pytest.mark.parametrize("word", OLD)
def test_an_old_word_is_said_nowhere(said, word):
    assert [file for file, strings in said.items() if any(word in text for text in strings)] == []


def test_the_new_words_are_said(said):
    every = [text for strings in said.values() for text in strings]
    for word in ("判定依据", "办理情况", "一次性报送", "识别结果", "参考指标（不参与判定）", "按完成情况由低到高"):
        assert any(word in text for text in every), word
