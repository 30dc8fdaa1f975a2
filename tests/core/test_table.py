"""A small table knows the label of each cell, so that a phone can show it as a card."""

from django.template.loader import render_to_string

from aanchal.core.table import Column, Table

COLUMNS = [Column("Village", "village"), Column("Families", "families", is_number=True)]


def test_it_labels_every_cell() -> None:
    [[head, cell]] = list(Table("Villages", COLUMNS, [{"village": "Amrai", "families": 1}]))
    assert (head.label, head.value, cell.label, cell.is_number) == ("Village", "Amrai", "Families", True)


def test_it_opens_a_row_from_its_name() -> None:
    table = Table("Villages", COLUMNS, [{"village": "<Amrai>", "families": 123456, "url": "/v/1"}])
    page = render_to_string("aanchal/table.html", {"table": table})
    assert '<a href="/v/1">&lt;Amrai&gt;</a>' in page
    assert '<td role="cell" data-label="Families" class="n">1,23,456</td>' in page
