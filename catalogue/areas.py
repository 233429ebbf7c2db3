"""The nine areas of the plan, in page order. Source: plan_table.md, “Shape”."""

from models.definitions import Area

AREAS: dict[str, Area] = {
    area.code: area
    for area in (
        Area("reviews", "好差评", "reviews", ("reviews", "monthly_cases", "bad_reviews")),
        Area("experience", "用户体验", "experience", ("guides", "progress")),
        Area("maturity", "办理成熟度", "maturity", ("guides", "monthly_cases", "progress")),
        Area("completeness", "渠道完备度", "completeness", ("guides", "progress")),
        Area("coverage", "事项覆盖度", "coverage", ("catalogue_claims", "guides", "monthly_cases")),
        Area("guide_accuracy", "指南精准度", "guide_accuracy", ("guides",)),
        Area("hotline", "12345 热线", "hotline", ("hotline_tickets", "hotline_calls", "assessment_problems")),
        Area("help_on_behalf", "帮办代办", "help_on_behalf", ("help_cases", "progress")),
        Area(
            "engineering_approvals",
            "工程审批",
            "engineering_approvals",
            ("approvals", "engineering_monthly", "progress"),
        ),
    )
}
