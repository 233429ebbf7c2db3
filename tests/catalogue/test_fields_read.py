"""The proof of a figure shows first what the figure reads: for every indicator the fields, by hand, against those that
are noted.
"""

import pytest

from catalogue.datasets import DATASETS, DERIVED_COLUMNS
from catalogue.guide_rules import GUIDE_RULES
from catalogue.indicators import INDICATORS, UNJUDGED
from rules.fields_read import fields_read, noting
from rules.guides.engine import apply_rules

READ = {
    "item_rating_coverage": {"reviews": "实施编码、事项名称、评价渠道", "monthly_cases": "实施编码、办件量"},
    "active_rating_rate": {"reviews": "办件编号、评价渠道", "monthly_cases": "办结量"},
    "bad_review_callback_rate": {"bad_reviews": "是否实名、是否回访、是否误评"},
    "bad_review_on_time_rate": {"bad_reviews": "差评时间、是否属实、整改时限、整改完成时间、是否误评"},
    "keyword_coverage": {"事项": "检索关键词"},
    "promised_time_cut": {"事项": "法定办结时限、承诺办结时限"},
    "zero_visit_share": {"事项": "到办事现场次数"},
    "on_the_spot_share": {"事项": "办件类型"},
    "online_available_rate": {"事项": "是否网办、是否特殊事项、特殊事项原因"},
    "whole_process_online_rate": {"事项": "网上办理深度"},
    "licence_whole_process_online_rate": {"事项": "事项类型、网上办理深度"},
    "well_formed_code_rate": {"事项": "实施编码"},
    "case_push_rate": {"monthly_cases": "办件量、推送量"},
    "hall_presence_rate": {"事项": "是否进驻大厅"},
    "same_source_rate": {"事项": "与平台是否一致"},
    "guide_publication_rate": {"catalogue_claims": "基本编码、认领状态", "事项": "实施编码、基本编码、指南是否发布"},
    "item_claim_rate": {"catalogue_claims": "认领状态"},
    "case_item_link_rate": {"monthly_cases": "办件量、关联事项办件量"},
    "element_completeness_rate": {
        "事项": "实施编码、事项名称、事项类型、责任单位、办件类型、法定办结时限、承诺办结时限、是否网办、办理地点、办理时间、咨询电话、监督电话"  # noqa: E501
    },
    "guide_accuracy_5_1_1": {"事项": "责任单位、办件类型、法定办结时限、法定时限是否有法律规定、承诺办结时限"},
    "guide_accuracy_5_1_2": {"事项": "责任单位、办理地点、办理时间、咨询电话、监督电话"},
    "guide_accuracy_5_1_3": {"事项": "责任单位、是否有中介服务、中介服务说明、是否有特殊环节、特殊环节说明"},
    "guide_accuracy_5_2_1": {
        "事项": "实施编码、责任单位",
        "材料": "实施编码、材料类型、原件份数、复印件份数、来源渠道、出具单位、依据名称、依据条款",
    },
    "guide_accuracy_5_2_2": {"事项": "责任单位", "材料": "实施编码、材料类型、原件份数、复印件份数"},
    "guide_accuracy_5_2_3": {"事项": "责任单位", "材料": "实施编码、是否申请人填写、空白表格、示例样表"},
    "guide_accuracy_5_3_1": {
        "事项": "实施编码、责任单位、外部流程图、流程图是否标注时限",
        "流程": "实施编码、办理环节、办理内容、办理人员、审批标准、办理结果",
    },
    "guide_accuracy_5_3_2": {"事项": "责任单位、到办事现场次数、网上办理深度"},
    "assessment_closure_rate": {"assessment_problems": "整改完成日期"},
    "call_answer_rate": {"hotline_calls": "呼入量、接通量"},
    "ticket_on_time_rate": {"hotline_tickets": "办理时限、办结时间"},
    "ticket_solved_rate": {"hotline_tickets": "是否回访、是否解决"},
    "ticket_satisfied_rate": {"hotline_tickets": "是否回访、是否满意"},
    "help_on_time_rate": {"help_cases": "承诺办结日期、实际办结日期"},
    "intermediary_selections": {"engineering_monthly": "中介超市选取次数"},
    "missing_papers_on_time_rate": {"approvals": "是否容缺受理、补正期限、补正完成时间"},
    "result_upload_rate": {"approvals": "办结时间、结果是否上传"},
    "joint_survey_rate": {"approvals": "项目代码、审批阶段、办结时间、需要测绘、联合测绘"},
    "utility_cases": {"engineering_monthly": "供水办件量、供热办件量、供气办件量、供电办件量、通信办件量"},
    "rating_rate_with_defaults": {"reviews": "办件编号", "monthly_cases": "办结量"},
    "cross_province_items": {"事项": "通办范围"},
    "within_province_items": {"事项": "通办范围"},
    "within_city_items": {"事项": "通办范围"},
    "licence_calls": {"monthly_cases": "电子证照调用量"},
    "ticket_redo_rate": {"hotline_tickets": "办结时间、是否重办"},
    "help_way_whole": {"help_cases": "服务方式"},
    "help_way_at_home": {"help_cases": "服务方式"},
    "help_way_after_hours": {"help_cases": "服务方式"},
    "help_way_by_appointment": {"help_cases": "服务方式"},
    "help_way_in_hall": {"help_cases": "服务方式"},
    "help_client_key_projects": {"help_cases": "对象类别"},
    "help_client_companies": {"help_cases": "对象类别"},
    "help_client_elderly": {"help_cases": "对象类别"},
    "help_client_disabled": {"help_cases": "对象类别"},
    "help_client_others": {"help_cases": "对象类别"},
    "approval_overdue_rate": {"approvals": "受理时间、承诺时限、办结时间"},
    "regional_assessment_use": {"approvals": "项目代码、可用区域评估、采用区域评估"},
    "utility_cases_water": {"engineering_monthly": "供水办件量"},
    "utility_cases_heat": {"engineering_monthly": "供热办件量"},
    "utility_cases_gas": {"engineering_monthly": "供气办件量"},
    "utility_cases_power": {"engineering_monthly": "供电办件量"},
    "utility_cases_telecom": {"engineering_monthly": "通信办件量"},
}
"""Indicator → part → the headings that it reads, in the order of the workbook."""


def labels(part, names):
    declared = next(
        dataset_part for dataset in DATASETS.values() for dataset_part in dataset.parts if dataset_part.code == part
    )
    assert names <= {field.name for field in declared.fields}, "every column read leads to columns of the file"
    return "、".join(field.label for field in declared.fields if field.name in names)


def read_by(indicator, records_of):
    guides = [part.code for part in DATASETS["guides"].parts]
    frames = noting({part: records_of(part, []) for part in (guides if indicator.figures else indicator.parts)})
    if indicator.contributions:
        indicator.contributions(frames)
    else:
        apply_rules([rule for rule in GUIDE_RULES if rule.code in indicator.figures], frames)
    return {
        part: labels(part, names)
        for part, frame in frames.items()
        if (names := fields_read(frame, DERIVED_COLUMNS.get(part, {})))
    }


@pytest.mark.parametrize("code", sorted(INDICATORS | UNJUDGED))
def test_the_fields_an_indicator_reads_are_known(code, records_of):
    assert read_by((INDICATORS | UNJUDGED)[code], records_of) == READ[code]


def test_a_column_filled_in_by_the_services_leads_to_the_columns_it_follows_from(records_of):
    frames = noting({"approvals": records_of("approvals", [])})
    frames["approvals"]["_due_on"]
    assert fields_read(frames["approvals"], DERIVED_COLUMNS["approvals"]) == {"received_on", "promised_days"}


def test_a_frame_that_nobody_asked_has_no_field_read(records_of):
    assert fields_read(noting({"approvals": records_of("approvals", [])})["approvals"], {}) == set()
    assert fields_read(None, {}) == set()
