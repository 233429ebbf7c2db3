"""工程审批: missing papers, results uploaded, joint surveys, the intermediary market and municipal utilities."""

from models.definitions import Indicator, NumberFormat
from rules.conditions import all_of, filled, negated, no, on_time, one_of, yes
from rules.indicators import parted, share, share_of_distinct, sums
from rules.tallies import day_of, records

UTILITIES = {"water": "供水", "heat": "供热", "gas": "供气", "power": "供电", "telecom": "通信"}
CLOSED = filled("closed_on")
COMPLETED = all_of(one_of("stage", "竣工验收"), CLOSED)

COUNTED = (
    Indicator(
        "intermediary_selections",
        "中介超市选取次数",
        "本年累计中介超市选取次数",
        None,
        ("engineering_monthly",),
        sums("engineering_monthly", ("selections",)),
        NumberFormat.COUNT,
        of_lead_unit=True,
    ),
    Indicator(
        "missing_papers_on_time_rate",
        "容缺补正按期率",
        "按期补正的容缺件数",
        "已到补正期限的容缺件数",
        ("approvals",),
        share(
            "approvals",
            having=on_time("papers_supplied_on", "papers_due_on"),
            among=negated(no("papers_missing")),
            due="papers_due_on",
        ),
        of_lead_unit=True,
    ),
    Indicator(
        "result_upload_rate",
        "结果上传率",
        "结果已上传的办结件数",
        "办结件数",
        ("approvals",),
        share("approvals", having=yes("result_uploaded"), among=CLOSED),
    ),
    Indicator(
        "joint_survey_rate",
        "联合测绘率",
        "实行联合测绘的竣工验收项目数",
        "需要测绘的竣工验收项目数",
        ("approvals",),
        share_of_distinct(
            "approvals",
            "project_code",
            having=all_of(COMPLETED, yes("survey_joint")),
            among=all_of(COMPLETED, yes("survey_needed")),
        ),
        district=True,
        of_lead_unit=True,
    ),
    Indicator(
        "utility_cases",
        "市政公用办件量",
        "本年累计供水、供热、供气、供电、通信办件量",
        None,
        ("engineering_monthly",),
        sums("engineering_monthly", tuple(UTILITIES)),
        NumberFormat.COUNT,
        of_lead_unit=True,
    ),
)

UNJUDGED = (
    Indicator(
        "approval_overdue_rate",
        "审批逾期率",
        "逾期的审批件数",
        "承诺时限已过的审批件数",
        ("approvals",),
        parted(
            "approvals",
            records(all_of(filled("_due_on"), negated(on_time("closed_on", "_due_on")))),
            records(filled("_due_on")),
            due=day_of("_due_on", later=1),
        ),
    ),
    Indicator(
        "regional_assessment_use",
        "区域评估应用率",
        "采用区域评估的项目数",
        "可用区域评估的项目数",
        ("approvals",),
        share_of_distinct("approvals", "project_code", having=yes("regional_used"), among=yes("regional_possible")),
        district=True,
    ),
    *(
        Indicator(
            f"utility_cases_{field}",
            f"{word}办件量",
            f"本年累计{word}办件量",
            None,
            ("engineering_monthly",),
            sums("engineering_monthly", (field,)),
            NumberFormat.COUNT,
        )
        for field, word in UTILITIES.items()
    ),
)
