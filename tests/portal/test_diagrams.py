import pytest
from django.core.exceptions import ValidationError

from portal.diagrams import validate_diagram


def test_plain_marks_are_accepted():
    validate_diagram('<g fill="none"><circle cx="10" cy="10" r="4"/><path d="M10 10l5 5z" stroke="currentColor"/></g>')


@pytest.mark.parametrize(
    "markup",
    [
        "<script>alert(1)</script>",
        '<circle r="4" onload="alert(1)"/>',
        "</g><script>alert(1)</script><g>",
        # XML reads these as one comment or instruction, HTML ends them at the first “>”.
        "<!--><script>alert(1)</script>-->",
        "<!---><script>alert(1)</script>-->",
        "<?x ><script>alert(1)</script>?>",
        "<![CDATA[ ]]>",
    ],
)
def test_what_browsers_may_read_as_code_is_refused(markup):
    with pytest.raises(ValidationError):
        validate_diagram(markup)
