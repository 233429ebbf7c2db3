"""事项覆盖度: what all area pages share, then what only this area has."""

from components.areas.page import area_page
from components.areas.sections.area_context import showing
from components.areas.sections.coverage import sections

area_page("coverage")
sections(showing("coverage"))
