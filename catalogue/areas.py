"""The areas of plans: nine that are shipped, in page order, with pages of their own; then those that plans declare,
known by their names. Source: plan_table.md, “Shape”; plans.md, section 5.
"""

from catalogue.register import Register, declared_in_force
from models.definitions import Area
from models.plan import Plan

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
OWN_PAGE = "area"
"""The page of every area that a plan brings along."""

_CODES = {area.title.replace(" ", ""): area.code for area in _SHIPPED.values()}


def code_of_area(title: str) -> str:
    """Return the code of the area that a plan workbook calls so, with or without blanks: a shipped one's, else its
    name.
    """
    return _CODES.get(title.replace(" ", ""), title.strip())


def area_of(code: str) -> Area:
    """Return the area of a code, shipped or a plan's own."""
    return AREAS.get(code) or Area(code, code, OWN_PAGE)


def areas_of_plan(plan: Plan) -> tuple[Area, ...]:
    """Return the areas of a plan in its order, as its tasks name them where it says none; without a plan those that are
    shipped.
    """
    if not plan.code:
        return tuple(_SHIPPED.values())
    named, places = dict.fromkeys(task.area for task in plan.tasks), declared_in_force().area_places
    ordered = sorted(named, key=lambda code: places.get((plan.code, code), len(places)))
    return tuple(map(area_of, ordered))
