"""The shipped indicators in the language of plans (plans.md, section 3), those that it can say; and why not the others.

The tests hold both against each other: what is written here gives the figures of `contributions`, to the last digit.
"""

from __future__ import annotations

from dataclasses import dataclass

from catalogue.datasets.guides import ITEMS
from catalogue.guide_rules import MEASURE_RULES
from catalogue.indicators.engineering_approvals import UTILITIES
from catalogue.indicators.guide_accuracy import indicator_of
from catalogue.indicators.help_on_behalf import CLIENTS, WAYS


@dataclass(frozen=True)
class Expressed:
    """Numerator, denominator and due field as a plan workbook has them (分子, 分母, 期限字段)."""

    numerator: str
    denominator: str | None = None
    due: str | None = None


_ELEMENTS = " 且 ".join(f"{field.label} 已填" for field in ITEMS.fields if field.required or field.demanded)
_TIMES = "法定办结时限>0 且 承诺办结时限 已填"
_NAMED = "是否实名=是 且 非 是否误评=是"
_TRUE = "是否属实=是 且 非 是否误评=是"
_NOT_SPECIAL = "非 (是否特殊事项=是 且 特殊事项原因 已填)"

EXPRESSED: dict[str, Expressed] = {
    "active_rating_rate": Expressed("去重(好差评明细: 办件编号, 评价渠道≠系统默认)", "合计(月度办件统计: 办结量)"),
    "bad_review_callback_rate": Expressed(
        f"行数(差评整改台账: {_NAMED} 且 是否回访=是)", f"行数(差评整改台账: {_NAMED})"
    ),
    "bad_review_on_time_rate": Expressed(
        f"行数(差评整改台账: {_TRUE} 且 按期(整改完成时间, 整改时限))", f"行数(差评整改台账: {_TRUE})", "整改时限"
    ),
    "rating_rate_with_defaults": Expressed("去重(好差评明细: 办件编号)", "合计(月度办件统计: 办结量)"),
    "promised_time_cut": Expressed(
        f"合计(办事指南: (法定办结时限-承诺办结时限)/法定办结时限, {_TIMES})", f"行数(办事指南: {_TIMES})"
    ),
    "zero_visit_share": Expressed("行数(办事指南: 到办事现场次数=0)", "行数(办事指南: 到办事现场次数 已填)"),
    "on_the_spot_share": Expressed("行数(办事指南: 办件类型=即办件)", "行数(办事指南)"),
    "online_available_rate": Expressed(
        f"行数(办事指南: 是否网办=是 且 {_NOT_SPECIAL})", f"行数(办事指南: {_NOT_SPECIAL})"
    ),
    "whole_process_online_rate": Expressed("行数(办事指南: 网上办理深度=全程网办)", "行数(办事指南)"),
    "licence_whole_process_online_rate": Expressed(
        "行数(办事指南: 事项类型=行政许可 且 网上办理深度=全程网办)", "行数(办事指南: 事项类型=行政许可)"
    ),
    "case_push_rate": Expressed("合计(月度办件统计: 推送量)", "合计(月度办件统计: 办件量)"),
    "cross_province_items": Expressed("行数(办事指南: 通办范围=跨省)"),
    "within_province_items": Expressed("行数(办事指南: 通办范围=省内)"),
    "within_city_items": Expressed("行数(办事指南: 通办范围=全市)"),
    "licence_calls": Expressed("合计(月度办件统计: 电子证照调用量)"),
    "hall_presence_rate": Expressed("行数(办事指南: 是否进驻大厅=是)", "行数(办事指南)"),
    "same_source_rate": Expressed("行数(办事指南: 与平台是否一致=是)", "行数(办事指南)"),
    "item_claim_rate": Expressed("行数(事项认领情况: 认领状态 属于 (已认领、无需认领))", "行数(事项认领情况)"),
    "case_item_link_rate": Expressed("合计(月度办件统计: 关联事项办件量)", "合计(月度办件统计: 办件量)"),
    "element_completeness_rate": Expressed(f"行数(办事指南: {_ELEMENTS})", "行数(办事指南)"),
    "assessment_closure_rate": Expressed("行数(第三方评估问题清单: 整改完成日期 已填)", "行数(第三方评估问题清单)"),
    "call_answer_rate": Expressed("合计(热线话务日报: 接通量)", "合计(热线话务日报: 呼入量)"),
    "ticket_on_time_rate": Expressed(
        "行数(12345工单台账: 按期(办结时间, 办理时限))", "行数(12345工单台账)", "办理时限"
    ),
    "ticket_solved_rate": Expressed(
        "行数(12345工单台账: 是否回访=是 且 是否解决=是)", "行数(12345工单台账: 是否回访=是 且 是否解决 已填)"
    ),
    "ticket_satisfied_rate": Expressed(
        "行数(12345工单台账: 是否回访=是 且 是否满意 属于 (满意、基本满意))",
        "行数(12345工单台账: 是否回访=是 且 是否满意 已填)",
    ),
    "ticket_redo_rate": Expressed(
        "行数(12345工单台账: 办结时间 已填 且 是否重办=是)", "行数(12345工单台账: 办结时间 已填)"
    ),
    "help_on_time_rate": Expressed(
        "行数(帮代办台账: 按期(实际办结日期, 承诺办结日期))", "行数(帮代办台账)", "承诺办结日期"
    ),
    **{f"help_way_{slug}": Expressed(f"行数(帮代办台账: 服务方式={word})") for slug, word in WAYS.items()},
    **{f"help_client_{slug}": Expressed(f"行数(帮代办台账: 对象类别={word})") for slug, word in CLIENTS.items()},
    "intermediary_selections": Expressed("合计(工改月报: 中介超市选取次数)"),
    "missing_papers_on_time_rate": Expressed(
        "行数(工程建设项目审批台账: 非 是否容缺受理=否 且 按期(补正完成时间, 补正期限))",
        "行数(工程建设项目审批台账: 非 是否容缺受理=否)",
        "补正期限",
    ),
    "result_upload_rate": Expressed(
        "行数(工程建设项目审批台账: 办结时间 已填 且 结果是否上传=是)", "行数(工程建设项目审批台账: 办结时间 已填)"
    ),
    **{f"utility_cases_{field}": Expressed(f"合计(工改月报: {word}办件量)") for field, word in UTILITIES.items()},
}
"""Code → the indicator as a plan would declare it."""

NOT_EXPRESSIBLE: dict[str, str] = {
    "item_rating_coverage": "没有实施编码的评价按同名事项的编码归并，算式不能从另一行取值",
    "keyword_coverage": "要数一个单元格里有几个关键词，算式不能拆分文字",
    "well_formed_code_rate": "要核对实施编码的构成和全区唯一，算式不能核对格式",
    "guide_publication_rate": "没有基本编码的事项取实施编码的后 12 位，且“在”不能再附条件（已发布）",
    "joint_survey_rate": "同一项目的另一行实行了联合测绘也算，算式不能按同一项目的另一行判断",
    "regional_assessment_use": "同一项目的另一行采用了区域评估也算，算式不能按同一项目的另一行判断",
    "approval_overdue_rate": "期限由受理时间加承诺的工作日得出，表中没有期限这一栏",
    "utility_cases": "五项中有一整项空白时按其余各项相加，算式相加时一整项空白即为无数据",
    **{indicator_of(measure): "数的是办事指南规则，不是行" for measure in MEASURE_RULES},
}
"""Code → why the language cannot say it exactly."""
