"""What can be wrong with a form, as opposed to a submission."""


class BadForm(ValueError):
    """The bytes are not an XForm this engine can read at all."""


class XPathError(ValueError):
    """An expression that cannot be parsed or compiled."""


class NotKnown(Exception):
    """An expression needs a list (external instance) that the server does not have."""


class Unresolved(Exception):
    """A path that has to be walked at run time."""
