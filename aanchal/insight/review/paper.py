"""A review as a PDF with pictures, in one language. The same review gives the same bytes."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from aanchal.core.paper import Paper
from aanchal.insight.review import drawing
from aanchal.insight.review.reading import Read, Row


def pdf(read: Read) -> bytes:
    """Raises FontsMissing."""
    day = datetime.combine(read.review.month, datetime.min.time(), tzinfo=UTC)
    paper = Paper(read.title, get_language() or "en", made_at=day)
    paper.facts(read.summary())
    _picture(
        paper,
        _("Of every hundred: the bar is the place, the line its target, the ring its peers"),
        drawing.bars,
        drawing.with_value(read.rows),
    )
    _picture(paper, _("The last twelve months, each on its own scale"), drawing.lines, drawing.with_past(read.rows))
    for label, rows in read.domains():
        paper.heading(label)
        paper.table(_headings(read), [_cells(row) for row in rows], numbers=(1, 2, 3, 4, 5))
    if untold := read.untold():
        paper.heading(_("Without a figure, or too small to be told"))
        paper.paragraph("; ".join(untold))
    _attention(paper, read)
    _compared(paper, read)
    _stories(paper, read)
    versions = "; ".join(f"{one.code} v{one.definition.version} {one.definition.sha256[:12]}" for one in read.rows)
    paper.heading(_("Definitions"))
    paper.paragraph(versions, small=True)
    paper.paragraph(_("Made from the figures with this digest: %(digest)s") % {"digest": read.content["digest"]}, small=True)
    return paper.bytes()


def _picture(paper: Paper, heading: str, draw: Callable[[Sequence[Row]], bytes], rows: Sequence[Row]) -> None:
    if rows:
        paper.heading(heading, level=3)
        paper.picture(draw(rows), drawing.described(rows), width=150)


def _headings(read: Read) -> list[str]:
    return [_("Indicator"), _("Value"), _("Counted"), read.change_heading, _("Target"), _("Peers together")]


def _cells(row: Row) -> list[str]:
    return [f"{row.definition.title} ({row.code})", row.told, row.counted, row.changed, _plain(row.target), _plain(row.peers)]


def _plain(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f}"


def _attention(paper: Paper, read: Read) -> None:
    paper.heading(_("Who needs attention, and why"))
    for one in read.concerns():
        paper.paragraph(f"{one.place} ({one.above})" if one.above else one.place, bold=True)
        for reason in one.reasons:
            paper.paragraph(reason)
    if not read.concerns():
        paper.paragraph(_("No place below stands out."))
    elif read.more_concerns():
        paper.paragraph(_("and %(n)s more: see the page of the place") % {"n": read.more_concerns()})


def _compared(paper: Paper, read: Read) -> None:
    if not read.content["compared"]:
        return
    paper.heading(_("What changed after the pilot"))
    for title, verdict, said in read.compared():
        paper.paragraph(f"{title}: {verdict}", bold=True)
        paper.paragraph(said)


def _stories(paper: Paper, read: Read) -> None:
    if read.stories():
        paper.heading(_("What was done, and what was learnt"))
    for one in read.stories():
        paper.paragraph(f"{one['title']} ({one['where']})", bold=True)
        paper.paragraph(one["lesson"])
    if read.more_stories():
        paper.paragraph(_("and %(n)s more: see the page of the place") % {"n": read.more_stories()})
