"""What is not a submission is refused with its reason; what is one is read."""

import pytest

from aanchal.field.xform import BadXml, Limits, parse

GOOD = (
    b"<?xml version='1.0' encoding='UTF-8'?><data xmlns:orx='http://openrosa.org/xforms' id='f' version='7'>"
    b"<hh><head>A &amp; B</head><m><n>1</n></m><m><n>2</n></m></hh><one><n>3</n></one><blank/>"
    b"<orx:meta><orx:instanceID>uuid:1</orx:instanceID><orx:deprecatedID>uuid:0</orx:deprecatedID></orx:meta></data>"
)


def reason(xml: bytes, limits: Limits = Limits()) -> str:  # noqa: B008
    with pytest.raises(BadXml) as refusal:
        parse(xml, limits=limits)
    assert str(refusal.value)
    return refusal.value.reason


def test_it_reads_who_and_what():
    instance = parse(GOOD)
    assert (instance.form_id, instance.version) == ("f", "7")
    assert (instance.instance_id, instance.deprecated_id) == ("uuid:1", "uuid:0")


def test_it_reads_the_form_from_the_namespace_where_there_is_no_id():
    assert parse(b"<data xmlns='http://example.org/f'><meta/></data>").form_id == "http://example.org/f"


def test_it_finds_text_by_path():
    instance = parse(GOOD)
    assert instance.text("/data/hh/head") == "A & B"
    assert instance.text("hh/m/n") == "1"
    assert instance.text("/data/orx:meta/orx:instanceID") == "uuid:1"
    assert instance.text("/data/blank") is None
    assert instance.text("/other/hh/head") is None
    assert instance.text("/data/nothing") is None


def test_it_nests_values():
    values = parse(GOOD).values()
    assert values["hh"] == {"head": "A & B", "m": [{"n": "1"}, {"n": "2"}]}
    assert values["blank"] is None
    assert values["one"] == {"n": "3"}


def test_it_lists_a_repeat_that_occurs_once_when_told():
    assert parse(GOOD).values({"/data/one"})["one"] == [{"n": "3"}]


@pytest.mark.parametrize("at", range(1, len(GOOD) - 1, 7))
def test_it_refuses_a_submission_that_was_cut(at):
    assert reason(GOOD[:at]) in ("TRUNCATED", "NOT_XML")


@pytest.mark.parametrize(
    ("xml", "code"),
    [
        (GOOD[:-7], "TRUNCATED"),
        (GOOD[:-30], "TRUNCATED"),
        (b"", "NOT_XML"),
        (b"  \n", "NOT_XML"),
        (b"hello", "NOT_XML"),
        (b"{}", "NOT_XML"),
        (b"<a><b></a></b>", "NOT_XML"),
        (b"<a x=1/>", "NOT_XML"),
        (b"<a x='1' x='2'/>", "NOT_XML"),
        (b"<a/><b/>", "NOT_XML"),
        (b"<a>&nosuch;</a>", "NOT_XML"),
        (b"<a>\x00</a>", "NOT_XML"),
        (b"<a>\xff\xfe</a>", "NOT_XML"),
        (b"<a>\xed\xa0\x80</a>", "NOT_XML"),
        (b"<x:a/>", "NOT_XML"),
        ("<a>é</a>".encode("latin-1"), "NOT_XML"),
        ("<?xml version='1.0' encoding='latin-1'?><a>é</a>".encode("latin-1"), "ENCODING"),
        ("<?xml version='1.0' encoding='utf-16'?><a/>".encode("utf-16"), "ENCODING"),
        (b"<?xml version='1.0' encoding='utf-7'?><a/>", "ENCODING"),
        (b"<!DOCTYPE a><a/>", "DTD"),
        (b"<!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a>", "DTD"),
        (b"<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>", "DTD"),
    ],
)
def test_it_refuses(xml, code):
    assert reason(xml) == code


def test_it_reads_indic_text_and_a_byte_order_mark():
    assert parse("\ufeff<a id='f'><n>आशा తార</n></a>".encode()).text("n") == "आशा తార"


def test_it_does_not_mistake_text_for_a_document_type():
    assert parse(b"<a><n><![CDATA[<!DOCTYPE a>]]></n></a>").text("n") == "<!DOCTYPE a>"


def test_it_keeps_each_limit():
    small = Limits(max_bytes=300, max_elements=5, max_attributes=3, max_depth=3)
    assert reason(b"<a>" + b"x" * 300 + b"</a>", small) == "TOO_LARGE"
    assert reason(b"<a>" + b"<b/>" * 5 + b"</a>", small) == "TOO_MANY_ELEMENTS"
    assert reason(b"<a p='' q='' r='' s=''/>", small) == "TOO_MANY_ATTRIBUTES"
    assert reason(b"<a><b><c><d/></c></b></a>", small) == "TOO_DEEP"
    assert parse(b"<a p='' q='' r=''><b><c/></b><b/><b/></a>", limits=small)


def test_it_counts_elements_not_signs():
    small = Limits(max_elements=3, max_attributes=3)
    assert parse(b"<a><b><![CDATA[< < < < < = = = =]]></b></a>", limits=small).text("b")
