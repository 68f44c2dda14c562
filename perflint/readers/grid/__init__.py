"""Tables from characters and ruling lines, whatever file they come from: one page, then joined over pages."""

from perflint.readers.grid.find import find_tables
from perflint.readers.grid.join import join_pages
from perflint.readers.grid.model import Character, GridCell, GridTable, PageGrid, Ruling

__all__ = ["Character", "GridCell", "GridTable", "PageGrid", "Ruling", "find_tables", "join_pages"]
