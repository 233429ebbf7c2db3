"""12345 热线: what all area pages share, then what only this area has."""

from components.area_page import area_page
from components.area_sections.hotline import sections
from components.area_sections.showing import showing

area_page("hotline")
sections(showing("hotline"))
