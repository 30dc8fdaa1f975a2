"""aanchal forms"""

import sys
from pathlib import Path

from aanchal.config import cli

LISTED = "{:<20} {:<12} {:<12} {}"


def arguments(parser) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    verbs.add_parser("lint", help="what a translator or pyxform would trip over, in each form")
    verbs.add_parser("publish", help="publish each form of this program in its present version, once")
    verbs.add_parser("list", help="each form: its version here, the version published")
    xlsx = verbs.add_parser("xlsx", help="write each form as an XLSForm workbook")
    xlsx.add_argument("folder", type=Path)
    verbs.add_parser("show", help="the questions of a form").add_argument("form_id")


def run(options) -> int:
    return {"lint": _lint, "publish": _publish, "list": _list, "xlsx": _xlsx, "show": _show}[options.verb](options)


def _lint(_options) -> int:
    from aanchal.field import xlsforms

    found = {form_id: xlsforms.lint(form_id) for form_id in xlsforms.sources()}
    for form_id, faults in found.items():
        print(f"{form_id}: {'good' if not faults else f'{len(faults)} to mend'}")
        for fault in faults:
            print(f"  {fault}")
    return 1 if any(found.values()) else 0


def _publish(_options) -> int:
    server = cli.ready()
    from django.utils import timezone

    from aanchal.access.acting import SYSTEM, acting
    from aanchal.field import actions

    try:
        with acting(SYSTEM):
            new = actions.publish_forms(at=timezone.now(), by=SYSTEM)
    finally:
        if server:
            server.stop()
    for form in new:
        print(f"published {form}")
    if not new:
        print("Every form was published in its present version before.")
    return 0


def _list(_options) -> int:
    server = cli.ready()
    from aanchal.field import queries, xlsforms

    try:
        published = {form.form_id: form.version for form in queries.latest_national()}
    finally:
        if server:
            server.stop()
    print(LISTED.format("FORM", "HERE", "PUBLISHED", "TITLE"))
    for form_id in sorted({*xlsforms.sources(), *published}):
        here = xlsforms.version(form_id) if form_id in xlsforms.sources() else "-"
        print(LISTED.format(form_id, here, published.get(form_id, "-"), xlsforms.title(form_id) if here != "-" else ""))
    return 0


def _xlsx(options) -> int:
    from aanchal.field import xlsforms

    options.folder.mkdir(parents=True, exist_ok=True)
    for form_id in xlsforms.sources():
        path = options.folder / f"{form_id}.xlsx"
        xlsforms.write_xlsx(form_id, path)
        print(path)
    return 0


def _show(options) -> int:
    from aanchal.field import xlsforms

    if options.form_id not in xlsforms.sources():
        print(f"There is no form {options.form_id}. Forms: {', '.join(xlsforms.sources())}.", file=sys.stderr)
        return 2
    print(f"{options.form_id}, version {xlsforms.version(options.form_id)}: {xlsforms.title(options.form_id)}")
    for question in xlsforms.questions(options.form_id):
        print(f"  {'/'.join(question.path):<40} {question.type:<20} {question.label.get('en', '')[:90]}")
    return 0
