"""帮办代办: what all area pages share, then what only this area has."""

from components.areas.page import area_page
from components.areas.sections.area_context import showing
from components.areas.sections.help_on_behalf import sections

area_page("help_on_behalf")
sections(showing("help_on_behalf"))
