"""Every public XLSForm that pyxform converts is compiled, and takes an empty submission without an exception."""

from pathlib import Path

import pytest
from pyxform.errors import PyXFormError
from pyxform.xls2xform import convert

from aanchal.field.xform import Form

from .xform_source import verdict_of

FOLDER = Path(__file__).resolve().parents[4] / "shared" / "data" / "xlsforms"
WORKBOOKS = sorted(path.name for path in FOLDER.glob("*.xls*")) if FOLDER.is_dir() else []
# The public forms use these on purpose; nothing else may be beyond the engine.
BEYOND = {"bad_calc.xlsx"}


def test_the_workbooks_are_there():
    if not FOLDER.is_dir():
        pytest.skip(f"NOT CHECKED: there is no folder {FOLDER}")
    assert len(WORKBOOKS) > 20


@pytest.mark.parametrize("name", WORKBOOKS)
@pytest.mark.filterwarnings("ignore")
def test_it_compiles(name):
    try:
        xform = convert(str(FOLDER / name), validate=False).xform
    except (PyXFormError, KeyError, ValueError) as refused:
        pytest.skip(f"pyxform refuses it: {refused}")
    form = Form.from_xml(xform.encode())
    assert name in BEYOND or form.unsupported == ()
    assert form.fields
    assert isinstance(verdict_of(form, {}).ok, bool)
