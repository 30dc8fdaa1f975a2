"""aanchal index"""

import sys
from collections import Counter
from pathlib import Path

from aanchal.config import cli
from aanchal.core.files import unreadable


def arguments(parser) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    lint = verbs.add_parser("lint", help="what is wrong with definitions of an index, and where")
    lint.add_argument("files", nargs="+", type=Path, metavar="FILE")
    preview = verbs.add_parser("preview", help="who would change band under a definition that is not in force")
    preview.add_argument("file", type=Path, metavar="FILE")
    preview.add_argument("--place", required=True, help="nation, LGD code/level (603/district), or our own id")


def run(options) -> int:
    return {"lint": _lint, "preview": _preview}[options.verb](options)


def _lint(options) -> int:
    if problem := unreadable(*options.files):
        print(problem, file=sys.stderr)
        return 2
    found = {path: findings_of(path) for path in options.files}
    for path, findings in found.items():
        print(f"{path}: {'good' if not findings else f'{len(findings)} to mend'}")
        for finding in findings:
            print(f"  {finding}")
    return 1 if any(found.values()) else 0


def findings_of(path: Path) -> list:
    """A file that cannot be read at all is one finding."""
    import yaml

    from aanchal.field import xlsforms
    from aanchal.risk.lint import Finding, lint
    from aanchal.risk.questions import FORM

    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as wrong:
        return [Finding("file", " ".join(str(wrong).split()))]
    form = FORM.get(content.get("key")) if isinstance(content, dict) else None
    asked = {one.name: one.choices for one in xlsforms.questions(form)} if form else {}
    return lint(content, asked)


def _preview(options) -> int:
    if problem := unreadable(options.file):
        print(problem, file=sys.stderr)
        return 2
    findings = findings_of(options.file)
    if findings:
        print("\n".join([f"{options.file} cannot be used:", *(f"  {finding}" for finding in findings)]), file=sys.stderr)
        return 1
    server = cli.ready()
    from aanchal.places.queries import named

    try:
        place = named(options.place)
        if place is None:
            print(f"There is no place {options.place}. Write nation, or LGD code/level such as 603/district.", file=sys.stderr)
            return 2
        _tell(options.file, place)
        return 0
    finally:
        if server:
            server.stop()


def _tell(path: Path, place) -> None:
    import yaml
    from django.utils import timezone

    from aanchal.access import policy
    from aanchal.access.acting import SYSTEM, acting
    from aanchal.risk import moving, rules
    from aanchal.risk.terms import Subject

    proposed = rules.load(yaml.safe_load(path.read_text(encoding="utf-8")))
    subject = Subject(proposed.key.upper())
    seen, moved, because = 0, Counter(), Counter()
    with acting(SYSTEM):
        for one in moving.compared(subject, place, proposed, on=policy.day_in_india(timezone.now())):
            seen += 1
            if one.before != one.after:
                moved[one.before, one.after] += 1
                because.update(one.because)
    print(f"{seen} {'families' if subject == Subject.HOUSEHOLD else 'villages'} of {place}, {sum(moved.values())} would change band")
    for (before, after), count in sorted(moved.items()):
        print(f"  {count:>8} from {before} to {after}")
    for key, count in because.most_common():
        print(f"  {count:>8} with {key}")
