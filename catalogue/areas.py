"""The nine areas of the plan, in page order, then those that plans declare. Source: plan_table.md, “Shape”."""

from catalogue.register import Register
from models.definitions import Area

_SHIPPED: dict[str, Area] = {
    area.code: area
    for area in (
        Area("reviews", "好差评", "reviews"),
        Area("experience", "用户体验", "experience"),
        Area("maturity", "办理成熟度", "maturity"),
        Area("completeness", "渠道完备度", "completeness"),
        Area("coverage", "事项覆盖度", "coverage"),
        Area("guide_accuracy", "指南精准度", "guide_accuracy"),
        Area("hotline", "12345 热线", "hotline"),
        Area("help_on_behalf", "帮办代办", "help_on_behalf"),
        Area("engineering_approvals", "工程审批", "engineering_approvals"),
    )
}

AREAS = Register("areas", _SHIPPED)
