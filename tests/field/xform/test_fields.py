"""A form tells what it asks, in every language, so that it can be printed or corrected."""

from .xform_source import form_of, written_form

EN, HI = "English(en)", "हिन्दी (hi)"


def field(form, path):
    return next(each for each in form.fields if each.path == path)


def test_it_tells_what_form_it_is(household):
    assert (household.form_id, household.version, household.title) == ("data", "1", "Household")
    assert household.languages == (EN, HI)
    assert household.default_language == EN
    assert household.repeats == {"/data/hh/member"}
    assert household.unsupported == ()


def test_it_keeps_the_order_of_the_form(household):
    paths = [each.path for each in household.fields]
    assert paths.index("/data/day") < paths.index("/data/hh") < paths.index("/data/hh/head")
    assert paths.index("/data/hh/member") < paths.index("/data/hh/member/name") < paths.index("/data/hh/total")


def test_it_tells_labels_hints_and_messages_in_every_language(household):
    assert field(household, "/data/hh/head").labels == {EN: "Head", HI: "मुखिया"}
    assert field(household, "/data/hh/head").constraint_messages == {EN: "Two letters or more", HI: "दो अक्षर"}
    assert field(household, "/data/district").hints[EN] == "Where it is"
    assert field(household, "/data/day").required_messages[EN] == "Tell the day"
    assert field(household, "/data/hh/land").constraint_messages == {}


def test_it_tells_the_choices(household):
    cards = field(household, "/data/hh/cards").choices
    assert [choice.value for choice in cards] == ["aay", "phh", "none"]
    assert cards[0].labels == {EN: "Antyodaya", HI: "अंत्योदय"}
    assert not field(household, "/data/district").has_filter
    assert field(household, "/data/block").has_filter
    assert [choice.value for choice in field(household, "/data/block").choices] == ["b1", "b2"]


def test_it_tells_types(household):
    types = {each.path.removeprefix("/data/"): each.type for each in household.fields}
    assert types["day"] == "date"
    assert types["consent"] == "select_one"
    assert types["hh"] == "group"
    assert types["hh/cards"] == "select_multiple"
    assert types["hh/count"] == "integer"
    assert types["hh/member"] == "repeat"
    assert types["hh/member/name"] == "text"
    assert types["hh/total"] == "calculate"
    assert types["photo"] == "image"
    assert types["meta/instanceID"] == "hidden"


def test_it_tells_what_may_be_left_out(household):
    assert field(household, "/data/day").is_relevant_always
    assert not field(household, "/data/hh/head").is_relevant_always
    assert field(household, "/data/hh/head").is_required
    assert not field(household, "/data/photo").is_required


def test_it_tells_the_repeat_around_a_question(household):
    assert field(household, "/data/hh/member/name").repeat == "/data/hh/member"
    assert field(household, "/data/hh/head").repeat is None
    assert field(household, "/data/district").appearance == "minimal"


def test_it_knows_the_other_kinds_of_question():
    form = form_of("""
    | survey | | | |
    | | type | name | label |
    | | note | n | Hello ${r} |
    | | rank yn | r | Rank |
    | | range | g | Range |
    | | acknowledge | k | Ok |
    | | audio | a | Audio |
    | | file | f | File |
    | | geotrace | t | Trace |
    | choices | | | |
    | | list_name | name | label |
    | | yn | y | Yes |
    | | yn | n | No |
    """)
    assert [each.type for each in form.fields][:7] == ["note", "rank", "range", "acknowledge", "audio", "file", "geotrace"]
    assert form.languages == ("default",)
    assert form.fields[0].labels == {"default": "Hello ${r}"}
    assert [choice.labels["default"] for choice in form.fields[1].choices] == ["Yes", "No"]


def test_it_reads_choices_written_in_the_body():
    items = "<item><label>Yes</label><value>y</value></item><item><label>No</label><value>n</value></item>"
    form = written_form('<data id="data"><a/></data>', "", f'<select1 ref="/data/a"><label>A</label>{items}</select1>')
    assert [(choice.value, choice.labels) for choice in form.fields[0].choices] == [
        ("y", {"default": "Yes"}),
        ("n", {"default": "No"}),
    ]


def test_it_follows_references_that_are_relative_to_their_group():
    form = written_form('<data id="data"><g><a/></g></data>', "", '<group ref="/data/g"><input ref="a"><label>A</label></input></group>')
    assert field(form, "/data/g/a").labels == {"default": "A"}
    assert field(form, "/data/g/a").type == "text"
