"""批示: leaders' written words with what became of them; entered here on a unit, elsewhere on a lamp or a bulletin."""

from components.elements.cache import answer
from components.elements.context import open_page
from components.elements.forms import tell_what_was_done
from components.elements.page_header import page_header
from components.elements.requested_unit import requested_unit
from components.elements.table import draw_table
from components.instructions.instructions import entering_form, instructions_table
from models.instructions import Subject
from services.instructions.instructions import instructions_as_of

here = open_page("instructions")
unit = requested_unit("督查 · 批示", here)
items = answer(instructions_as_of, here.day, unit)
open_number = sum(not opened.course.is_over for item in items for opened in item.rectifications)

page_header("督查 · 批示", f"{len(items)} 件批示，{open_number} 件整改未销号", here)
tell_what_was_done()
entering_form(here, Subject.UNIT)
draw_table(instructions_table(here), items, here)
