"""The XForm engine: reads forms and submissions, and checks a submission against its form's own binds."""

from .choices import Choice
from .errors import BadForm, XPathError
from .fields import Field
from .form import Form, Unsupported
from .submission import DEFAULT, BadXml, Instance, Limits, parse
from .verdict import Fault, FaultKind, Verdict

__all__ = [
    "DEFAULT",
    "BadForm",
    "BadXml",
    "Choice",
    "Fault",
    "FaultKind",
    "Field",
    "Form",
    "Instance",
    "Limits",
    "Unsupported",
    "Verdict",
    "XPathError",
    "parse",
]
