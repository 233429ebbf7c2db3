"""What the command line says of wrong arguments, and its help, without a word of argparse's English."""

import re

import pytest

from manage import main
from tests.commands.conftest import Run

ENGLISH = re.compile(
    r"\b(argument|arguments|required|invalid|choice|choose|unrecognized|expected|allowed|ambiguous|value|usage|options|show)\b"
)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "缺少 命令"),
        (["check"], "缺少 文件"),
        (["没有的命令"], "没有“没有的命令”，可用：init、check、import、"),
        (["import", "表.xlsx"], "--unit 与 --district 须写明其中一个"),
        (["import", "表.xlsx", "--unit", "区人社局", "--district"], "--district 不能与 --unit 同时使用"),
        (["import", "表.xlsx", "--unit"], "--unit 后面须写一个值"),
        (["settle", "5.1", "--units", "--reason", "会议"], "--units 后面须至少写一个值"),
        (
            ["import", "表.xlsx", "--unit", "区人社局", "--at", "昨天"],
            "--at 有误，时间“昨天”不能识别，请写成 2023-08-22T10:00",
        ),
        (["check", "表.xlsx", "--colour", "red"], "没有这样的参数：--colour red"),
        (["check", "表.xlsx", "--json=1"], "--json 后面不写值，却写了“1”"),
        (["settle", "5.1", "--reason", "会议", "--un=x", "--re=y", "--d"], "--deadline 后面须写一个值"),
        (["verify", "1.2.2", "--unit", "区人社局", "--r"], "--return 后面须写一个值"),
        (["account"], "缺少 做什么"),
        (["account", "add", "li", "--person", "李", "--role", "king"], "--role 没有“king”，可用：bureau、"),
        (["import", "表.xlsx", "--d"], "“--d”可以是 --dataset, --district，请写全"),
    ],
)
def test_wrong_arguments_are_told_in_chinese(arguments: list[str], said: str, run: Run) -> None:
    answer = run(*arguments)
    assert answer.status == 2 and said in answer.stderr
    assert not ENGLISH.search(answer.stderr), answer.stderr


@pytest.mark.parametrize("command", ["", "check", "import", "lamps", "settle", "account", "account add"])
def test_help_is_in_chinese(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main([*command.split(), "--help"])
    shown = capsys.readouterr().out
    assert shown.startswith("用法：") and "选项" in shown and not ENGLISH.search(re.sub(r"--\w+", "", shown)), shown
