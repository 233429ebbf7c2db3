"""帮办代办: what all area pages share, then what only this area has."""

from components.area_page import area_page
from components.area_sections.help_on_behalf import sections
from components.area_sections.showing import showing

area_page("help_on_behalf")
sections(showing("help_on_behalf"))
