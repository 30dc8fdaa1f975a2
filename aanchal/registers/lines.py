"""How a line of a register reads: the same cells on the screen, on paper and in a file."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from aanchal.core.sheets import Value
from aanchal.people.queries import Names
from aanchal.people.words import kind_of
from aanchal.registers import columns, queries
from aanchal.registers.columns import Column, Kind
from aanchal.registers.models import Entry
from aanchal.registers.terms import Register


class Reading:
    """A register as one reader sees it, in the language of the moment; names only when they were opened."""

    def __init__(self, register: str, names: Mapping[UUID, Names] | None = None):
        self.title = str(Register(register).label)
        self.columns = columns.listed(register)
        self.labels = {column.key: dict(column.codes.choices) for column in columns.of(register) if column.codes}
        self.yes_no = {True: _("Yes"), False: _("No")}
        self.names = names
        self.states = {state.lgd_code: state.local_name for state in queries.states()}

    def headings(self) -> list[str]:
        named = [] if self.names is None else [_("Name")]
        return [_("Person"), *named, _("Village"), _("Date"), *(str(column.label) for column in self.columns), _("Open")]

    def values(self, entry: Entry) -> list[Value]:
        named = [] if self.names is None else [self.name_of(entry)]
        told = (self.answer(entry, column) for column in self.columns)
        still = self.yes_no[entry.is_open] if entry.stands else _("Struck")
        return [who(entry), *named, entry.place.local_name, entry.happened_on, *told, still]

    def name_of(self, entry: Entry) -> str:
        found = (self.names or {}).get(entry.person_id)
        return found.name if found else ""

    def answer(self, entry: Entry, column: Column) -> Value:
        value = entry.details.get(column.key)
        match column.kind:
            case _ if value is None:
                return None
            case Kind.CODE:
                return str(self.labels[column.key][value])
            case Kind.CODES:
                return ", ".join(str(self.labels[column.key][one]) for one in value)
            case Kind.DATE:
                return date.fromisoformat(value)
            case Kind.STATE:
                return self.states.get(value, str(value))
            case _:
                return value


def who(entry: Entry) -> str:
    """A person by household, sex and age: K7M-2QX, girl, 17. Never a name."""
    age = entry.person.age.on(entry.happened_on)
    parts = [entry.household.shown_code if entry.household else "", kind_of(entry.person.sex, age), "" if age is None else str(age)]
    return ", ".join(part for part in parts if part)
