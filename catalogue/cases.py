"""The kinds of cases that carry a lamp of their own: product.md, “Cases”; due days as datasets.md has them."""

from catalogue.register import Register
from models.cases import CaseKind

_SHIPPED: dict[str, CaseKind] = {
    kind.code: kind
    for kind in (
        CaseKind(
            "callbacks",
            "差评回访",
            "reviews",
            "bad_reviews",
            "实名差评在差评后规定的工作日内回访（不含误评）",
            ("item_name",),
            start="rated_at",
            closed="called_back_at",
            days_setting="first_response_days",
            closed_if="called_back",
            unless=(("mistaken", True),),
            only=(("named", True),),
            item="item_name",
        ),
        CaseKind(
            "bad_reviews",
            "差评整改",
            "reviews",
            "bad_reviews",
            "差评在整改时限内完成整改（不含误评和不属实的）",
            ("item_name",),
            start="rated_at",
            closed="rectified_at",
            due="due_on",
            days_setting="bad_review_days",
            unless=(("mistaken", True), ("substantiated", False)),
            item="item_name",
        ),
        CaseKind(
            "tickets",
            "12345 工单",
            "hotline",
            "hotline_tickets",
            "工单在办理时限内办结",
            ("ticket_type", "source"),
            start="received_at",
            closed="closed_at",
            due="due_on",
            closed_kept="tickets_closed",
            item="request",
            mentions_item=True,
        ),
        CaseKind(
            "assessment_problems",
            "评估问题整改",
            "hotline",
            "assessment_problems",
            "评估问题在整改时限内完成整改",
            ("dimension", "problem"),
            start="found_on",
            closed="rectified_on",
            due="due_on",
        ),
        CaseKind(
            "help_cases",
            "帮办代办",
            "help_on_behalf",
            "help_cases",
            "帮办件在承诺办结日期前办结",
            ("client_kind", "matter"),
            start="received_on",
            closed="closed_on",
            due="due_on",
            closed_kept="help_closed",
            item="matter",
        ),
        CaseKind(
            "approvals",
            "审批时限",
            "engineering_approvals",
            "approvals",
            "审批在受理后承诺的工作日内办结",
            ("matter", "project_name"),
            start="received_on",
            closed="closed_on",
            days="promised_days",
            item="matter",
        ),
        CaseKind(
            "papers",
            "容缺补正",
            "engineering_approvals",
            "approvals",
            "容缺受理的材料在补正期限内补正",
            ("matter", "project_name"),
            start="received_on",
            closed="papers_supplied_on",
            due="papers_due_on",
            unless=(("papers_missing", False),),
            dated_only=True,
            item="matter",
        ),
    )
}

CASE_KINDS = Register("case_kinds", _SHIPPED)


def kinds_of_area(area: str) -> tuple[CaseKind, ...]:
    return tuple(kind for kind in CASE_KINDS.values() if kind.area == area)
