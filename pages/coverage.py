"""事项覆盖度: what all area pages share, then what only this area has."""

from components.areas.page import area_page
from components.areas.sections.area_context import area_context
from components.areas.sections.coverage import sections
from components.elements.context import open_page

here = open_page("coverage")
area_page(here)
sections(area_context(here))
