"""The Hindi and Telugu catalogues say everything the site says in English, and say it whole."""

import ast
import re
from gettext import GNUTranslations
from pathlib import Path
from unicodedata import normalize

import pytest
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext, ngettext, pgettext

from aanchal.config import assets, catalogues

LANGUAGES = ("hi", "te")
SCRIPT = {"hi": re.compile("[\u0900-\u097f]"), "te": re.compile("[\u0c00-\u0c7f]")}
VICTIM = {"hi": "पीड़ित", "te": "బాధిత"}
FOREIGN = {"hi": re.compile("[\u0c00-\u0c7f]"), "te": re.compile("[\u0900-\u0963\u0966-\u097f]")}
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd%]|\{\w*\}|</?[a-z]+[^>]*>")
# What is a name or an abbreviation in every language, and the few lines that are nothing but figures and signs.
QUOTED = re.compile(r"“[^”]*”|\w+\.csv\b")
LATIN = {
    *("CRP", "VO", "CLF", "LGD", "AHTU", "FIR", "CSV", "MB", "UTF", "SC", "ST", "PVTG", "OBC", "DDU", "GKY", "H", "A", "M"),
    *("Google", "Authenticator", "Aegis", "FreeOTP", "sunita", "amrai", "district", "village", "aanchal", "forms", "publish"),
    *("ODK", "Collect", "KoboCollect", "QR", "Redmi", "K", "QX", "MIS", "JavaScript", "Z", "script", "setup"),
    *("XLSForm", "xlsx", "type", "name", "label", "choice", "filter", "document"),
    *("BNS", "IPC", "IN", "BD", "NP", "SIM", "Cri", "MAC"),
    *("PSARA", "PDF", "SMS", "eMigrate", "GD", "SHG", "LokOS", "VPRP", "GPDP"),
    *("State", "PIN", "CWC", "NRLM", "HTCDS", "CTDC", "NCRB", "DLSA", "JSON", "XML"),
    *("key", "kind", "place", "level", "code", "yes", "no", "STATE", "DISTRICT", "BLOCK", "PANCHAYAT", "VILLAGE"),
    *("AA", "Escape", "F", "O", "PDF", "DOCX", "docx", "JPEG", "PNG", "WebP", "Office", "state", "block"),
}
FORMULAS = {"M0 = H × A", "AHTU", "SMS", "FIR %(number)s"}


@pytest.fixture(scope="module")
def current():
    return catalogues.found()


def first(message):
    return message.id[0] if isinstance(message.id, tuple | list) else message.id


def pairs(language):
    """Each English wording with its translation, plural forms one by one."""
    for message in catalogues.kept(language):
        if not message.id:
            continue
        if message.pluralizable:
            yield from zip(message.id, message.string, strict=True)
        else:
            yield message.id, message.string


def test_it_finds_words_of_code_and_of_templates(current):
    assert current.get("At risk") is not None
    assert current.get("Sign in") is not None
    assert current.get("%(n)s day").id == ("%(n)s day", "%(n)s days")
    assert current.get("Skip to the page").locations[0][0].endswith(".html")


def test_it_finds_what_the_shipped_laws_and_schemes_say(current):
    assert current.get("An untraced child without an FIR gets one within a month") is not None
    assert current.get("Basic account with a RuPay card") is not None


def test_it_finds_every_sentence_the_code_asks_for_also_inside_another_string(current):
    """Babel does not look into the braces of an f-string."""
    known = {first(message) for message in current}
    asked = {"_": 0, "gettext": 0, "gettext_lazy": 0, "ngettext": 0, "pgettext": 1, "pgettext_lazy": 1}
    missed = [
        f"{path.name}:{call.lineno} {said.value}"
        for path in Path(catalogues.__file__).parents[1].rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text()))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in asked
        for said in call.args[asked[call.func.id] :][:1]
        if isinstance(said, ast.Constant) and said.value not in known
    ]
    assert missed == []


def test_it_catalogues_every_language_but_english():
    assert set(catalogues.languages()) == set(LANGUAGES) == {code for code, _name in settings.LANGUAGES} - {"en"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_leaves_nothing_untranslated(language, current):
    assert catalogues.missing(catalogues.merged(language, current)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_what_script_messages_would_write(language, current):
    assert catalogues.path_of(language).read_bytes() == catalogues.written(language, catalogues.merged(language, current))


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_guesses_nothing(language):
    catalogue = catalogues.kept(language)
    assert [first(message) for message in catalogue if message.id and message.fuzzy] == []
    assert not catalogue.obsolete


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_keeps_placeholders_and_tags(language):
    wrong = [said for said, translated in pairs(language) if sorted(PLACEHOLDER.findall(said)) != sorted(PLACEHOLDER.findall(translated))]
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_written_in_the_script_of_the_language(language, current):
    titled = {first(one) for one in current if any(place.endswith(".yaml") for place, _line in one.locations)}
    for said, translated in pairs(language):
        letters = PLACEHOLDER.sub("", translated)
        for shown in QUOTED.findall(said):  # what stands on another program's screen stays as it stands there
            letters = letters.replace(shown, "")
        has_words = re.search("[A-Za-z]", PLACEHOLDER.sub("", said))
        assert SCRIPT[language].search(letters) or not has_words or said in FORMULAS, said
        assert not FOREIGN[language].search(letters), said
        as_it_stands = set(re.findall("[A-Za-z]+", said)) if said in titled else set()  # the title of a law or a scheme
        assert set(re.findall("[A-Za-z]+", letters)) <= LATIN | as_it_stands, said


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_calls_a_survivor_no_victim(language):
    assert [said for said, translated in pairs(language) if VICTIM[language] in translated and "victim" not in said.lower()] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_clean_unicode(language):
    for said, translated in pairs(language):
        assert translated == normalize("NFC", translated).strip(), said
        assert "  " not in translated, said


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_counts_as_django_counts(language):
    assets.compile_translations()
    ours = catalogues.kept(language)
    with catalogues.path_of(language).with_suffix(".mo").open("rb") as file:
        compiled = GNUTranslations(file)
    assert (ours.num_plurals, ours.plural_expr) == (2, "(n != 1)")
    assert [compiled.plural(n) for n in (0, 1, 2, 11)] == [1, 0, 1, 1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_compiles_and_is_spoken(language):
    assets.compile_translations()
    assert assets.stale_translations() == []
    with catalogues.path_of(language).with_suffix(".mo").open("rb") as file:
        compiled = GNUTranslations(file)
    for message in catalogues.kept(language):
        if message.id and not message.pluralizable:
            spoken = compiled.pgettext(message.context, message.id) if message.context else compiled.gettext(message.id)
            assert spoken == message.string


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_minutes_of_a_meeting_are_no_measure_of_time(language):
    with translation.override(language):
        assert pgettext("meeting", "Minutes") != gettext("Minutes")


def test_it_prefers_our_words_to_djangos():
    assets.compile_translations()
    with translation.override("te"):
        assert gettext("This field is required.") == "దీన్ని నింపడం తప్పనిసరి."
        assert ngettext("%(n)s day", "%(n)s days", 1) % {"n": 1} == "1 రోజు"
        assert ngettext("%(n)s day", "%(n)s days", 3) % {"n": 3} == "3 రోజులు"


def test_it_keeps_what_was_translated_and_drops_what_is_gone(monkeypatch, tmp_path):
    monkeypatch.setattr(catalogues, "PACKAGE", tmp_path / "aanchal")
    page = tmp_path / "aanchal" / "templates" / "page.html"
    page.parent.mkdir(parents=True)
    page.write_text('{% load i18n %}\n  {% translate "Stays" %}{% translate "May" context "month" %}\n{% translate "Goes" %}')
    path = catalogues.path_of("hi")
    path.parent.mkdir(parents=True)
    path.write_text('msgid "Stays"\nmsgstr "रहता है"\n\nmsgid "Goes"\nmsgstr "जाता है"\n')
    counted = "{% blocktranslate count n=2 %}One{% plural %}{{ n }}{% endblocktranslate %}"
    page.write_text(page.read_text().replace('{% translate "Goes" %}', counted))
    assert catalogues.main() == 0
    kept = catalogues.kept("hi")
    assert kept.get("Stays").string == "रहता है"
    assert kept.get("Goes") is None
    assert kept.get("May", "month").string == ""
    assert kept.get("One").id == ("One", "%(n)s")
    assert catalogues.missing(kept) == ["May", "One"]
