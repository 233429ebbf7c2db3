"""用户体验: what all area pages share, then what only this area has."""

from components.areas.page import area_page
from components.areas.sections.area_context import showing
from components.areas.sections.experience import sections

area_page("experience")
sections(showing("experience"))
