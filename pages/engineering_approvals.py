"""工程审批: what all area pages share, then what only this area has."""

from components.area_page import area_page
from components.area_sections.engineering_approvals import sections
from components.area_sections.showing import showing

area_page("engineering_approvals")
sections(showing("engineering_approvals"))
