"""办理成熟度: the area's tasks, lamps, figures by unit, and who has not reported."""

from components.area_page import area_page

area_page("maturity")
