"""事项覆盖度: what all area pages share, then what only this area has."""

from components.area_page import area_page
from components.area_sections.coverage import sections
from components.area_sections.showing import showing

area_page("coverage")
sections(showing("coverage"))
