"""工程审批: what all area pages share, then what only this area has."""

from components.areas.page import area_page
from components.areas.sections.area_context import showing
from components.areas.sections.engineering_approvals import sections

area_page("engineering_approvals")
sections(showing("engineering_approvals"))
