"""工程审批: the ledger of approvals and the monthly figures of market and utilities."""

from catalogue.datasets.words import CLOSED, PROMISED_TIME, RECEIVED, besides, choices, unit_field, yes_no
from models.definitions import CountedDueDay, Dataset, Field, Frequency, Kind, Part, Reporter

APPROVALS = Dataset(
    "approvals",
    "工程建设项目审批台账",
    Frequency.MONTHLY,
    (
        Part(
            "approvals",
            (
                Field(
                    "project_code",
                    "项目代码",
                    Kind.CODE,
                    required=True,
                    key=True,
                    near=("项目编码", "项目编号", "统一代码"),
                ),
                Field("matter", "审批事项", required=True, key=True),
                Field("project_name", "项目名称", required=True),
                Field("builder", "建设单位"),
                Field(
                    "project_kind",
                    "项目类型",
                    Kind.CHOICE,
                    choices=choices(
                        "社会投资工业",
                        "社会投资其他",
                        "政府投资",
                        社会投资工业=("社会投资工业类", "社会投资工业项目", "工业类社会投资"),
                        社会投资其他=("社会投资其他类", "社会投资其他项目", "社会投资其它"),
                        政府投资=("政府投资类", "政府投资项目", "政府投资工程"),
                    ),
                ),
                Field(
                    "stage",
                    "审批阶段",
                    Kind.CHOICE,
                    choices=choices(
                        "立项用地规划许可",
                        "工程建设许可",
                        "施工许可",
                        "竣工验收",
                        立项用地规划许可=("立项用地规划许可阶段", "第一阶段", "一阶段", "立项用地阶段"),
                        工程建设许可=("工程建设许可阶段", "第二阶段", "二阶段"),
                        施工许可=("施工许可阶段", "第三阶段", "三阶段"),
                        竣工验收=("竣工验收阶段", "第四阶段", "四阶段"),
                    ),
                ),
                unit_field(),
                Field("received_on", "受理时间", Kind.DATE, required=True, aliases=besides("受理时间", RECEIVED)),
                Field(
                    "promised_days",
                    "承诺时限",
                    Kind.DURATION,
                    required=True,
                    aliases=besides("承诺时限", PROMISED_TIME),
                ),
                Field("closed_on", "办结时间", Kind.DATE, aliases=besides("办结时间", CLOSED)),
                yes_no("papers_missing", "是否容缺受理"),
                Field("papers_due_on", "补正期限", Kind.DATE),
                Field("papers_supplied_on", "补正完成时间", Kind.DATE),
                yes_no("notified_promise", "是否告知承诺"),
                yes_no("regional_possible", "可用区域评估"),
                yes_no("regional_used", "采用区域评估"),
                yes_no("survey_needed", "需要测绘"),
                yes_no("survey_joint", "联合测绘"),
                yes_no("result_uploaded", "结果是否上传"),
            ),
        ),
    ),
    ("engineering_approvals",),
    position=80,
    counted_due_day=CountedDueDay("_due_on", "received_on", days="promised_days"),
    time_field="received_on",
    is_case=True,
    subject=("project_name",),
    reporter=Reporter.ANSWERING,
    names=("工程建设项目审批", "工程审批"),
)

ENGINEERING_MONTHLY = Dataset(
    "engineering_monthly",
    "工改月报",
    Frequency.MONTHLY,
    (
        Part(
            "engineering_monthly",
            (
                Field("of_month", "月份", Kind.MONTH, required=True, key=True),
                unit_field(key=True),
                Field("selections", "中介超市选取次数", Kind.INT),
                Field("water", "供水办件量", Kind.INT),
                Field("heat", "供热办件量", Kind.INT),
                Field("gas", "供气办件量", Kind.INT),
                Field("power", "供电办件量", Kind.INT),
                Field("telecom", "通信办件量", Kind.INT),
            ),
        ),
    ),
    ("engineering_approvals",),
    position=90,
    month_field="of_month",
    reporter=Reporter.ANSWERING,
    monthly_figures=("selections", "water", "heat", "gas", "power", "telecom"),
    names=("工改月报",),
)
