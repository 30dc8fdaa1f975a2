"""The list of forms, blank forms to print, and the XLSForm workbook."""

import io

import openpyxl
import pytest
from django.urls import reverse

from aanchal.access.acting import SYSTEM
from aanchal.field import blanks, xlsforms
from tests.factories import make_posting
from tests.field.browser import sign_in, text

pytestmark = pytest.mark.django_db
FORMS = xlsforms.sources()
REGISTERS = [form_id for form_id in FORMS if blanks.is_register(form_id)]


def test_the_list_offers_each_form_in_each_language(client, crp):
    page = text(sign_in(client, crp).get(reverse("forms")))
    for form_id in FORMS:
        for language in xlsforms.LANGUAGES:
            assert f"{reverse('blank-form', args=[form_id])}?language={language}" in page
        assert xlsforms.title(form_id) in page


@pytest.mark.parametrize("language", xlsforms.LANGUAGES)
@pytest.mark.parametrize("form_id", FORMS)
def test_a_blank_form_asks_every_question_in_its_language(form_id, language, client, crp):
    response = sign_in(client, crp).get(reverse("blank-form", args=[form_id]), {"language": language})
    assert response.status_code == 200
    page = text(response)
    assert f'lang="{language}"' in page
    from django.utils.html import escape

    for question in xlsforms.questions(form_id):
        if question.type not in blanks.UNWRITTEN | {"note"} and question.path not in blanks.ON_TOP | blanks.SAID_ALOUD:
            assert escape(question.label[language]) in page, question.name
            assert all(escape(choice[language]) in page for choice in question.choices.values()), question.name


@pytest.mark.parametrize("form_id", REGISTERS)
def test_a_register_has_numbered_empty_lines_and_a_key_of_its_codes(form_id, client, crp):
    page = text(sign_in(client, crp).get(reverse("blank-form", args=[form_id])))
    sheets = blanks.sheets(form_id, "en")
    assert page.count('<section class="register blank">') == len(sheets)
    assert page.count('<tr><td class="n">') == blanks.LINES_A_PAGE * len(sheets)
    for sheet in sheets:
        assert len(sheet.keys) == sum(bool(column.codes) for column in sheet.columns)
        assert len(sheet.columns) <= blanks.COLUMNS_A_PAGE


def test_an_unknown_form_is_absent(client, crp):
    for name in ("blank-form", "form-xlsx"):
        assert sign_in(client, crp).get(reverse(name, args=["cattle"])).status_code == 404


def test_the_workbook_is_an_xlsform(client, crp):
    response = sign_in(client, crp).get(reverse("form-xlsx", args=["safety_point"]))
    book = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content)))
    assert book.sheetnames == ["survey", "choices", "settings"]
    assert xlsforms.version("safety_point") in [cell.value for row in book["settings"].rows for cell in row]


@pytest.mark.parametrize("name", ["forms", "blank-form", "form-xlsx"])
def test_who_has_no_village_finds_no_forms(name, client, india, acting):
    with acting(SYSTEM):
        analyst = make_posting("national_analyst", india["nation"])
    address = reverse(name, args=[] if name == "forms" else ["safety_point"])
    assert sign_in(client, analyst).get(address).status_code == 404
    client.logout()
    assert client.get(address).status_code == 302
