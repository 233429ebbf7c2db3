"""Who opens which page, written down apart from the navigation: a page that stands nowhere here fails the test."""

ALL = {"管理局", "督查室", "责任单位", "领导"}

WHO_OPENS: dict[str, set[str]] = {
    # What the board shows is for all; of it a unit sees the own rows.
    "board": ALL,
    "to_do": ALL,
    "progress": ALL,
    "cases": ALL,
    "rectifications": ALL,
    "rectification": ALL,
    "notices": ALL,
    "notice": ALL,
    "supervision_calendar": ALL,
    "round": ALL,
    "meeting": ALL,
    "talks": ALL,
    "instructions": ALL,
    "search": ALL,
    "spot_checks": ALL,
    "spot_check": ALL,
    "bulletins": ALL,
    "assessment": ALL,
    "deadline_requests": ALL,
    "bulletin": ALL,
    "assignment": ALL,
    "unit": ALL,
    "lamp": ALL,
    "guide": ALL,
    "indicator": ALL,
    "reviews": ALL,
    "experience": ALL,
    "maturity": ALL,
    "completeness": ALL,
    "coverage": ALL,
    "guide_accuracy": ALL,
    "hotline": ALL,
    "help_on_behalf": ALL,
    "engineering_approvals": ALL,
    "reporting": ALL,
    "submission": ALL,
    "plan": ALL,
    "calendar": ALL,
    # Meetings are the supervisors' and the leaders'.
    "meeting_pack": {"管理局", "督查室", "领导"},
    # Reporting is the units' and, in their place, the bureau's.
    "upload": {"管理局", "责任单位"},
    # Who supervises reads register, settings and log; accounts are the bureau's alone.
    "units": {"管理局", "督查室"},
    "settings": {"管理局", "督查室"},
    "audit": {"管理局", "督查室"},
    "accounts": {"管理局"},
}
