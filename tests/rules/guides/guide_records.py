"""A guide without fault as frames, and others that differ from it in the fields a test names."""

from __future__ import annotations

from typing import Any

import pandas as pd

from catalogue.datasets.guides import GUIDES
from models.definitions import Kind, Part

DTYPES = {Kind.INT: "Int64", Kind.DURATION: "Float64", Kind.YES_NO: "boolean"}
CODE = "11620111MB1234567X3000112345001"
OTHER_CODE = "11620111MB1234567X3000112345002"

ITEM = {
    "item_code": CODE,
    "item_name": "社会保障卡申领",
    "basic_code": "000112345001",
    "item_type": "公共服务",
    "unit": "区人社局",
    "case_type": "承诺件",
    "statutory_days": 20.0,
    "statutory_by_law": False,
    "promised_days": 5.0,
    "visits": 0,
    "online": True,
    "online_depth": "全程网办",
    "special": False,
    "address": "平安路168号政务服务大厅二楼B区12号窗口",
    "office_hours": "周一至周五9:00-12:00，13:00-17:00",
    "phone": "0931-6212345",
    "complaint_phone": "0931-6223456",
    "has_intermediary": False,
    "has_special_step": False,
    "flow_chart": "流程图.png",
    "chart_shows_times": True,
    "charged": False,
    "result_name": "社会保障卡",
    "result_sample": True,
}
MATERIAL = {
    "item_code": CODE,
    "material_name": "居民身份证",
    "material_type": "原件",
    "originals": 1,
    "copies": 0,
    "source": "政府部门核发",
    "issuer": "公安机关",
    "basis": "《中华人民共和国社会保险法》",
    "clause": "第五十八条",
    "filled_by_applicant": False,
}
STEP = {
    "item_code": CODE,
    "step_number": 1,
    "step_name": "受理",
    "step_content": "核对申请材料，当场决定是否受理",
    "step_staff": "窗口工作人员",
    "step_days": 1.0,
    "step_standard": "材料齐全、符合法定形式",
    "step_result": "受理通知书",
}


def records(part: Part, rows: list[dict[str, Any]]) -> pd.DataFrame:
    """A frame of the shape of a SheetReading: every field, missing where a row does not say; first row 3 of its
    sheet.
    """
    columns: dict[str, Any] = {
        "_sheet": pd.Series([part.code] * len(rows), dtype=object),
        "_row": pd.Series(range(3, 3 + len(rows)), dtype="int64"),
    }
    for field in part.fields:
        columns[field.name] = pd.Series([row.get(field.name) for row in rows], dtype=DTYPES.get(field.kind, object))
    return pd.DataFrame(columns)


def guides(
    items: list[dict[str, Any]] | None = None,
    materials: list[dict[str, Any]] | None = None,
    steps: list[dict[str, Any]] | None = None,
) -> dict[str, pd.DataFrame]:
    """Each entry names what differs from the faultless record; None: one faultless record."""
    wanted = {"事项": (ITEM, items), "材料": (MATERIAL, materials), "流程": (STEP, steps)}
    return {
        code: records(GUIDES.part(code), [right | row for row in ([{}] if rows is None else rows)])
        for code, (right, rows) in wanted.items()
    }
