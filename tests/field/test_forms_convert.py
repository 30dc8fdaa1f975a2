"""Each form source becomes a valid XForm and an ordinary XLSForm."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import pyxform
from lxml import etree
from pyxform.xls2xform import convert

from aanchal.field import xlsforms

EVERY_FORM = [
    "check_in",
    "departure_entry",
    "follow_up",
    "household_survey",
    "marriage_entry",
    "migration_entry",
    "missing_entry",
    "safety_point",
    "village_situation",
]
X = "{http://www.w3.org/2002/xforms}"
ODK_VALIDATE = Path(pyxform.__file__).parent / "validators/odk_validate/bin/ODK_Validate.jar"


def test_it_has_every_form_of_the_framework():
    assert xlsforms.sources() == EVERY_FORM


def test_it_refuses_a_form_it_does_not_have():
    with pytest.raises(KeyError):
        xlsforms.questions("../../etc/passwd")


@pytest.mark.parametrize("form_id", EVERY_FORM)
def test_it_converts_with_its_id_version_and_metadata(form_id):
    root = etree.fromstring(xlsforms.to_xform(form_id))
    data = root.find(f".//{X}instance/*")
    assert etree.QName(data).localname == "data"
    assert data.get("id") == form_id
    assert re.fullmatch(r"20\d{8}", data.get("version"))
    nodes = {bind.get("nodeset") for bind in root.iter(f"{X}bind")}
    assert nodes >= {f"/data/{name}" for name in ("start", "end", "today", "deviceid", "meta/instanceID")}
    assert root.find(f".//{X}instance[@id='villages']").get("src") == "jr://file-csv/villages.csv"
    assert root.find(".//{http://www.w3.org/1999/xhtml}body").get("class") == "pages"


@pytest.mark.parametrize("form_id", EVERY_FORM)
def test_it_binds_every_question_at_the_path_it_announces(form_id):
    root = etree.fromstring(xlsforms.to_xform(form_id))
    bound = {bind.get("nodeset") for bind in root.iter(f"{X}bind")}
    assert {"/data/" + "/".join(q.path) for q in xlsforms.questions(form_id)} <= bound


@pytest.mark.parametrize("form_id", EVERY_FORM)
def test_it_writes_an_xlsform_that_gives_the_same_xform(form_id, tmp_path):
    path = tmp_path / f"{form_id}.xlsx"
    xlsforms.write_xlsx(form_id, path)
    taken = convert(str(path), validate=False).xform
    assert etree.canonicalize(taken) == etree.canonicalize(xlsforms.to_xform(form_id).decode())


@pytest.mark.skipif(not shutil.which("java"), reason="ODK Validate needs a Java runtime")
def test_it_satisfies_odk_validate(tmp_path):
    for form_id in EVERY_FORM:
        (tmp_path / f"{form_id}.xml").write_bytes(xlsforms.to_xform(form_id))
    command = ["java", "-jar", ODK_VALIDATE, *sorted(tmp_path.glob("*.xml"))]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (done.stdout + done.stderr).count("Xform is valid!") == len(EVERY_FORM)
