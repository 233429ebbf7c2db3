"""How a workbook with problems is given back: marked in place, or written anew from its cells."""
