"""A small district with a plan that touches every dataset, all its deadlines early in the year; once as workbooks for
the program and once as records for the oracle. Deadlines are resolved here by hand.
"""

from datetime import date
from typing import Any

from tests.oracle.reading import World

UNITS = [
    {"单位名称": "东关街道", "单位类别": "镇街"},
    {"单位名称": "区人社局", "单位类别": "部门"},
    {"单位名称": "区住建局", "单位类别": "部门", "工程建设项目审批单位": "是"},
    {"单位名称": "三维数字中心", "单位类别": "其他"},
    {"单位名称": "区发改局", "单位类别": "其他"},
]
ALL_DEPARTMENTS, EVERYONE = ["区人社局", "区住建局"], ["东关街道", "区人社局", "区住建局"]

# task, area, units as written, units, deadline as written, deadline, deadline in doubt
TASKS: list[tuple[str, str, str, list[str], str, date | None, bool]] = [
    ("1.1", "好差评", "镇街、部门", EVERYONE, "4月20日前", date(2023, 4, 20), False),
    ("1.2", "用户体验", "镇街、部门", EVERYONE, "3月26日前", date(2023, 3, 26), False),
    ("1.3", "用户体验", "部门", ALL_DEPARTMENTS, "2月底前", date(2023, 2, 28), False),
    ("2.1", "办理成熟度", "镇街、部门", EVERYONE, "2021年底前", date(2021, 12, 31), True),
    ("2.3", "办理成熟度", "镇街、部门", EVERYONE, "4底前", date(2023, 4, 30), False),
    ("3.1", "渠道完备度", "部门", ALL_DEPARTMENTS, "3月10日前", date(2023, 3, 10), False),
    ("4.1", "事项覆盖度", "镇街、区人社局", ["东关街道", "区人社局"], "4月10日前", date(2023, 4, 10), False),
    ("5.1", "指南精准度", "", [], "", None, True),
    ("6.2", "12345 热线", "三维数字中心", ["三维数字中心"], "4月底前", date(2023, 4, 30), False),
    ("7.1", "帮办代办", "镇街、部门", EVERYONE, "4月5日前", date(2023, 4, 5), False),
    ("8.1", "工程审批", "", [], "3月底前", date(2023, 3, 31), False),
    ("8.3", "工程审批", "区发改局", ["区发改局"], "4月底前", date(2023, 4, 30), False),
    ("8.4", "工程审批", "工程建设项目审批单位", ["区住建局"], "3月底前", date(2023, 3, 31), False),
]

# measure, its indicators with their targets as written (none: a milestone), warning window
MEASURES: list[tuple[str, list[tuple[str, str]], int | None]] = [
    ("1.1.1", [("item_rating_coverage", "1")], None),
    ("1.1.2", [("active_rating_rate", "0.5")], None),
    ("1.1.3", [("bad_review_callback_rate", "1"), ("bad_review_on_time_rate", "1")], 5),
    ("1.2.1", [("keyword_coverage", "1")], None),
    ("1.2.2", [], None),
    ("1.3.1", [("promised_time_cut", "0.6")], None),
    ("1.3.2", [("zero_visit_share", "0.5")], None),
    ("1.3.3", [], 3),
    ("1.3.4", [("on_the_spot_share", "0.4")], None),
    ("2.1.1", [("online_available_rate", "0.97")], None),
    ("2.1.2", [("whole_process_online_rate", "0.5")], None),
    ("2.1.3", [("licence_whole_process_online_rate", "0.8")], None),
    ("2.3.1", [("well_formed_code_rate", "1")], None),
    ("2.3.2", [("case_push_rate", "1")], 15),
    ("3.1.1", [("hall_presence_rate", "1")], None),
    ("3.1.2", [("same_source_rate", "1")], None),
    ("4.1.1", [("guide_publication_rate", "1")], None),
    ("4.1.2", [("item_claim_rate", "1")], None),
    ("4.1.3", [("case_item_link_rate", "1"), ("element_completeness_rate", "1")], None),
    ("5.1.1", [("assessment_closure_rate", "1")], None),
    (
        "6.2.1",
        [
            ("call_answer_rate", "0.95"),
            ("ticket_on_time_rate", "1"),
            ("ticket_solved_rate", "0.9"),
            ("ticket_satisfied_rate", "0.9"),
        ],
        None,
    ),
    ("7.1.1", [("help_on_time_rate", "1")], None),
    ("7.1.2", [], None),
    ("8.1.1", [], None),
    ("8.2.1", [("intermediary_selections", "增长")], None),
    ("8.3.1", [("missing_papers_on_time_rate", "1")], None),
    ("8.3.2", [], None),
    ("8.4.1", [("result_upload_rate", "1")], None),
    ("8.5.1", [("joint_survey_rate", "增长")], None),
    ("8.6.1", [("utility_cases", "增长")], 20),
]
TASK_OF = {"8.2.1": "8.3", "8.5.1": "8.3", "8.6.1": "8.3"}


def task_of(measure: str) -> str:
    return TASK_OF.get(measure, measure.rsplit(".", 1)[0])


def plan_rows() -> dict[str, list[dict[str, Any]]]:
    """The two sheets of the plan workbook."""
    return {
        "任务": [
            {
                "任务编号": code,
                "领域": area,
                "任务名称": f"任务 {code}",
                "责任单位": words or None,
                "完成时限": deadline or None,
                "年度": 2023,
            }
            for code, area, words, _, deadline, _, _ in TASKS
        ],
        "举措": [
            {
                "举措编号": code,
                "任务编号": task_of(code),
                "举措名称": f"举措 {code}",
                "评价方式": "指标" if indicators else "节点",
                "指标编码": "、".join(indicator for indicator, _ in indicators) or None,
                "目标值": "、".join(words for _, words in indicators) or None,
                "预警工作日": warning,
            }
            for code, indicators, warning in MEASURES
        ],
    }


def world() -> World:
    """The same for the oracle, with nothing reported yet."""
    return {
        "units": [{"name": unit["单位名称"]} for unit in UNITS],
        "tasks": [
            {"task": code, "units": units, "deadline": deadline, "deadline_doubt": doubt, "units_doubt": not units}
            for code, _, _, units, _, deadline, doubt in TASKS
        ],
        "measures": [
            {
                "measure": code,
                "task": task_of(code),
                "milestone": not indicators,
                "indicators": indicators,
                "warning": warning,
            }
            for code, indicators, warning in MEASURES
        ],
        "submissions": [],
        "decisions": [],
        "rulings": [],
        "targets": [],
        "exemptions": [],
    }
