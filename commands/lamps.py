"""lamps: the board as of a day."""

from __future__ import annotations

import argparse

from commands.arguments import Commands, add_plan, addressed, day
from commands.output import DONE, tell
from models.lamps import FACES
from services.board.lamps_json import lamps_asked_for, lamps_json


def add_to(commands: Commands) -> None:
    lamps = commands.add("lamps", _lamps, "列出某日的红绿灯")
    lamps.add_argument("--as-of", type=day, required=True, metavar="日期", help="截至日期，如 2023-08-22")
    lamps.add_argument("--unit", metavar="单位", help="只列一个单位")
    lamps.add_argument("--area", metavar="领域", help="只列一个领域：代码或名称")
    add_plan(lamps)
    lamps.add_argument("--task", metavar="任务", help="只列一项任务，如 1.3")


def _lamps(arguments: argparse.Namespace) -> int:
    with addressed(arguments.task or "") as task:
        card = lamps_asked_for(arguments.as_of, unit=arguments.unit, area=arguments.area, task=task or None)
    tell(
        arguments,
        lamps_json(card),
        lambda: [
            f"{FACES[lamp.lamp].shape or ' '} {FACES[lamp.lamp].word}\t{lamp.measure}\t{lamp.unit or '（未定单位）'}\t{lamp.reason}"  # noqa: E501
            for lamp in card.lamps
        ],
    )
    return DONE
