"""任务分解表 and 责任单位: what the bureau imports before anyone reports. Not owed by units."""

from catalogue.datasets.words import choices, yes_no
from models.definitions import Dataset, Field, Frequency, Kind, Part, PersonalData

TASKS = Part(
    "任务",
    (
        Field("task", "任务编号", Kind.CODE, required=True, key=True),
        Field(
            "area",
            "领域",
            Kind.CHOICE,
            required=True,
            choices=choices(
                "好差评",
                "用户体验",
                "办理成熟度",
                "渠道完备度",
                "事项覆盖度",
                "指南精准度",
                "12345 热线",
                "帮办代办",
                "工程审批",
                **{"12345 热线": ("12345热线",)},
            ),
        ),
        Field("title", "任务名称", required=True, near=("任务", "重点任务", "工作任务", "主要任务")),
        Field("requirement", "任务要求", near=("工作要求", "具体要求", "工作内容")),
        Field(
            "units_text",
            "责任单位",
            near=("牵头单位", "主办单位", "承办单位", "责任部门", "牵头部门"),
            note="单位名称或 镇街、部门、工程建设项目审批单位，用顿号分隔；方案未写明的留空，导入后存疑。",
        ),
        Field(
            "deadline_text",
            "完成时限",
            near=("完成时间", "时限", "完成期限", "时间要求", "时间节点"),
            note="方案原文，如“10月底前”；方案未写明的留空，导入后存疑；“长期坚持”照写，不设期限。",
        ),
        Field("year", "年度", Kind.INT, required=True),
    ),
)

MEASURES = Part(
    "举措",
    (
        Field("measure", "举措编号", Kind.CODE, required=True, key=True),
        Field("task", "任务编号", Kind.CODE, required=True),
        Field("title", "举措名称", required=True, near=("举措", "具体举措", "工作举措", "主要举措", "工作措施")),
        Field("judged_by", "评价方式", Kind.CHOICE, required=True, choices=choices("节点", "指标")),
        Field("indicators", "指标编码"),
        Field(
            "targets",
            "目标值",
            near=("目标", "指标值", "年度目标"),
            note="与指标编码依次对应，用顿号分隔；填数、百分数或“增长”。",
        ),
        Field("warning_days", "预警工作日", Kind.INT),
    ),
)

PLAN = Dataset("plan", "任务分解表", Frequency.SNAPSHOT, (TASKS, MEASURES), (), unit_field=None)

UNITS = Dataset(
    "units",
    "责任单位",
    Frequency.SNAPSHOT,
    (
        Part(
            "units",
            (
                Field("unit_name", "单位名称", required=True, key=True),
                Field("kind", "单位类别", Kind.CHOICE, required=True, choices=choices("镇街", "部门", "其他")),
                Field("aliases", "别名", near=("简称", "单位简称", "曾用名"), note="多个别名用顿号分隔。"),
                yes_no("engineering", "工程建设项目审批单位"),
                Field("leader", "责任领导", personal=PersonalData.NAME, near=("分管领导", "主管领导", "负责领导")),
                Field("person", "责任人", personal=PersonalData.NAME, near=("联系人", "经办人", "负责人")),
                Field("phone", "联系电话", personal=PersonalData.PHONE, near=("电话", "联系方式")),
            ),
        ),
    ),
    (),
    unit_field=None,
)
