"""The form of a what-if: every field is a part of its address, and begins as the index stands."""

from django import forms
from django.utils.translation import gettext as _

from aanchal.risk.definition import Definition
from aanchal.risk.reading import band_title, words
from aanchal.risk.what_if import ANY_OVERRIDE, ENTITLEMENTS, HIGHEST_POINTS, LISTED_NOW, Scenario

POINTS, STARTS, EASED, REACHED = "points", "from", "ease", "reach"


def entitlement_labels() -> dict[str, str]:
    return {
        "ration_card": _("Ration cards"),
        "shg_member": _("Membership of a self-help group"),
        "mgnregs_days": _("Work under MGNREGS"),
        "girl_out_of_school": _("School for girls of 10 to 18"),
        "child_working": _("Ending child labour"),
        "unverified_migrant": _("Checking employer and address of who is away"),
    }


class WhatIf(forms.Form):
    """A bound form with a field left out means: as it stands."""

    def __init__(self, index: Definition, data):
        super().__init__(data)
        self.index = index
        for one in index.indicators:
            self._number(f"{POINTS}.{one.key}", one.points, HIGHEST_POINTS, _("Points of %(key)s") % {"key": one.key})
            self._number(f"{EASED}.{one.key}", 0, 100, _("Ends for so many of 100: %(key)s") % {"key": one.key})
        for band in index.bands[1:]:
            self._number(f"{STARTS}.{band.key}", band.starts_at, index.total_points, words(band.title))
        labels = entitlement_labels()
        for entitlement in ENTITLEMENTS:
            if any(fact.key == entitlement.fact for fact in index.facts):
                self._number(f"{REACHED}.{entitlement.fact}", 0, 100, labels[entitlement.fact])
        if data is not None:
            self.data = {name: field.initial for name, field in self.fields.items()} | data.dict()
        self.fields["target"] = forms.ChoiceField(label=_("Who should be found"), required=False, choices=self._targets())

    def clean(self):
        told = super().clean()
        points = [told.get(f"{POINTS}.{one.key}") for one in self.index.indicators]
        starts = [told.get(f"{STARTS}.{band.key}") for band in self.index.bands[1:]]
        if None not in points and not any(points):
            raise forms.ValidationError(_("At least one question must have points."))
        if None not in starts and (starts != sorted(set(starts)) or starts[0] == 0):
            raise forms.ValidationError(_("Each band must begin above the one before it."))
        return told

    def scenario(self) -> Scenario:
        return Scenario(
            points={one.key: self._told(POINTS, one.key) for one in self.index.indicators},
            starts={band.key: self._told(STARTS, band.key) for band in self.index.bands[1:]},
            eased=self._above_zero(EASED),
            reached=self._above_zero(REACHED),
        )

    def target(self) -> str:
        return (self.cleaned_data.get("target") if self.is_bound else "") or ANY_OVERRIDE

    def target_label(self) -> str:
        return str(dict(self.fields["target"].choices)[self.target()])

    def rows(self) -> list[dict]:
        """One for each question of the index: what it is, its points, and how many it ends for."""
        return [
            {"key": one.key, "label": words(one.reason), "points": self[f"{POINTS}.{one.key}"], "eased": self[f"{EASED}.{one.key}"]}
            for one in self.index.indicators
        ]

    def cutoffs(self) -> list:
        return [self[f"{STARTS}.{band.key}"] for band in self.index.bands[1:]]

    def reach(self) -> list:
        return [self[name] for name in self.fields if name.startswith(f"{REACHED}.")]

    def _number(self, name: str, initial: int, most: int, label: str) -> None:
        field = _Whole(label=label, required=False, min_value=0, max_value=most, initial=initial)
        self.fields[name] = field

    def _told(self, kind: str, key: str) -> int:
        name = f"{kind}.{key}"
        return self.cleaned_data[name] if self.is_bound else self.fields[name].initial

    def _above_zero(self, kind: str) -> dict[str, int]:
        keys = [name.removeprefix(f"{kind}.") for name in self.fields if name.startswith(f"{kind}.")]
        return {key: self._told(kind, key) for key in keys if self._told(kind, key)}

    def _targets(self) -> list[tuple]:
        bands = [(band.key, band_title(self.index, band.key)) for band in self.index.bands[1:]]
        urgent = [(one.key, words(one.reason)) for one in self.index.overrides]
        facts = [(one.key, f"{one.key}: {words(one.reason)}") for one in self.index.indicators]
        listed = [(ANY_OVERRIDE, _("Families with something urgent")), (LISTED_NOW, _("Families on the list today")), *bands]
        return [*listed, (_("One urgent thing"), urgent), (_("One question of the index"), facts)]


class _Whole(forms.IntegerField):
    """Left empty, it stands as it began."""

    def clean(self, value):
        return self.initial if value in self.empty_values else super().clean(value)
