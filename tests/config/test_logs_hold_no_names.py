import logging

from aanchal.core.logs import WithoutValues

NAME = "Chandrakala Planted"


def logged(work) -> str:
    try:
        work()
    except Exception as problem:
        record = logging.LogRecord("django.request", logging.ERROR, __file__, 1, "Internal Server Error: %s", ("/",), exc_info=None)
        record.exc_info = (type(problem), problem, problem.__traceback__)
        return WithoutValues().format(record)
    raise AssertionError("nothing went wrong")


def fails():
    raise ValueError(f"Key (name)=({NAME}) already exists.")


def fails_because():
    try:
        fails()
    except ValueError as problem:
        raise KeyError(NAME) from problem


def test_it_says_where_and_of_what_kind_but_not_with_which_value():
    said = logged(fails_because)
    assert "Internal Server Error: /" in said
    assert "in fails_because" in said
    assert said.index("builtins.ValueError") < said.index("builtins.KeyError")
    assert NAME not in said


def test_it_is_how_every_line_of_the_program_is_written(settings):
    handlers = settings.LOGGING["handlers"].values()
    assert all(handler["formatter"] == "without values" for handler in handlers)
    assert settings.LOGGING["formatters"]["without values"]["()"] == f"{WithoutValues.__module__}.{WithoutValues.__name__}"
