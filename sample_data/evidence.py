"""What a dozen units attached to their milestones: the files, when they came, which one was taken back; files and
manifest entries out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sample_data.district_items import ITEMS
from sample_data.district_units import DISTRICT, UNIT
from sample_data.papers import docx, pdf
from sample_data.post import moment
from sample_data.progress_rows import MILESTONES
from sample_data.screenshots import screenshot
from sample_data.story import dice
from sample_data.workbook import Heading, Row, Sheet, save_xlsx

FOLDER = "佐证"


@dataclass(frozen=True)
class Evidence:
    """A file that a unit attached; the ending of its name says what it is."""

    unit: str
    measure: str
    name: str
    at: datetime
    lines: tuple[str, ...] = ()  # of a page on the web; papers and lists are written from the unit's own items
    taken_back: datetime | None = None

    @property
    def file(self) -> str:
        return f"{FOLDER}/{self.unit}/{self.name}"

    def write(self, folder: Path) -> None:
        path = folder / self.file
        path.parent.mkdir(parents=True, exist_ok=True)
        match path.suffix:
            case ".xlsx":
                save_xlsx(path, [_list_of_items(self)])
            case ".png":
                path.write_bytes(screenshot(self.lines))
            case ".pdf":
                path.write_bytes(pdf(path.stem, _account(self)))
            case _:
                path.write_bytes(docx(path.stem, _account(self)))

    def entries(self) -> Iterator[dict[str, object]]:
        about = {"measure": self.measure, "unit": self.unit, "file": self.file}
        yield {"kind": "attach", **about, "at": self.at.isoformat()}
        if self.taken_back:
            yield {"kind": "take back", **about, "at": self.taken_back.isoformat()}


def _account(evidence: Evidence) -> tuple[str, ...]:
    """What was done, in numbers of the seed."""
    roll, unit = dice("evidence", evidence.unit, evidence.name), UNIT[evidence.unit]
    return (
        f"按照{DISTRICT}政务服务工作方案，{evidence.unit}围绕“{MILESTONES[evidence.measure]}”开展工作，情况如下：",
        f"一、梳理事项{len(ITEMS[evidence.unit])}项，召开专题会议{roll.randint(1, 4)}次，明确专人负责。",
        f"二、走访服务对象{roll.randint(12, 60)}人次，收集意见{roll.randint(3, 15)}条，均已答复。",
        f"三、修订制度{roll.randint(1, 3)}项，培训窗口人员{roll.randint(8, 40)}人次。",
        f"联系人：{unit.person}",
        f"{evidence.unit}　{evidence.at.year}年{evidence.at.month}月{evidence.at.day}日",
    )


def _list_of_items(evidence: Evidence) -> Sheet:
    roll = dice("evidence", evidence.unit, evidence.name)
    heading: Row = [Heading(word) for word in ("序号", "事项名称", "事项编码", "落实情况", "完成月份")]
    rows: list[Row] = [
        [number, item.name, item.code, roll.choice(("已落实", "已落实", "已公布")), f"{evidence.at:%Y-%m}"]
        for number, item in enumerate(ITEMS[evidence.unit], 1)
    ]
    return Sheet(Path(evidence.name).stem, [heading, *rows])


HELPERS = (
    "云岭区住建局 - 帮办服务",
    "“小兰帮办”服务队公开电话和服务范围",
    "电话：0312-5550142",
    "服务范围：工程建设项目审批全过程帮办",
)

EVIDENCE = (
    # verified since
    Evidence("云台街道", "1.2.2", "申报易用度提升情况说明.docx", moment(7, 4, 10, 20)),
    Evidence("区人社局", "1.3.3", "减证便民事项清单.xlsx", moment(7, 4, 11, 25)),
    Evidence("区发改局", "8.3.2", "可容缺受理事项清单.xlsx", moment(8, 4, 15, 30)),
    Evidence("区医保局", "7.2.1", "政务大厅改造验收情况.pdf", moment(8, 4, 16, 5)),
    Evidence(
        "区医保局",
        "7.2.1",
        "公布页面截图.png",
        moment(8, 4, 16, 8),
        (
            "云岭区医保局 - 通知公告",
            "关于政务大厅改造后恢复办公的公告",
            "发布日期：2023-07-10",
            "服务电话：0312-5550118",
        ),
    ),
    Evidence(
        "区司法局",
        "2.4.1",
        "统一身份认证登录页面截图.png",
        moment(8, 4, 16, 40),
        ("云岭区政务服务网 - 司法", "统一身份认证登录", "发布日期：2023-07-15", "服务电话：0312-5550127"),
    ),
    Evidence("区商务局", "2.2.2", "主题集成服务推进情况.docx", moment(8, 4, 17, 10)),
    # waiting to be verified
    Evidence("文昌街道", "1.2.2", "申报易用度提升情况说明.pdf", moment(7, 5, 9, 15)),
    Evidence("区教育局", "1.2.2", "申报表单精简情况.pdf", moment(7, 5, 10, 30)),
    Evidence("区农业农村局", "1.2.2", "申报材料精简清单.xlsx", moment(7, 5, 14)),
    Evidence("区公安分局", "1.3.3", "减证便民工作情况.docx", moment(7, 3, 15, 40)),
    Evidence("区住建局", "2.2.1", "区域通办事项清单.xlsx", moment(8, 7, 12, 20)),
    Evidence(
        "区残联",
        "7.1.3",
        "帮办服务公开页面截图.png",
        moment(8, 4, 16, 20),
        ("云岭区残联 - 帮办服务", "“小兰帮办”上门服务公告", "发布日期：2023-07-10", "服务电话：0312-5550163"),
    ),
    # returned: what was sent did not show it
    Evidence("青石镇", "1.2.2", "专题会议记录.docx", moment(7, 5, 12, 30)),
    Evidence(
        "区住建局", "7.1.3", "帮办品牌网页截图.png", moment(8, 7, 12, 30), HELPERS, taken_back=moment(8, 21, 9, 35)
    ),
    Evidence(
        "区住建局",
        "7.1.3",
        "帮办品牌网页截图（含发布日期）.png",
        moment(8, 21, 9, 41),
        (*HELPERS, "发布日期：2023-07-26"),
    ),
)
