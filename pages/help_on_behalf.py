"""帮办代办: the area's tasks, lamps, figures by unit, and who has not reported."""

from components.area_page import area_page

area_page("help_on_behalf")
