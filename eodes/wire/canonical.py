"""Exclusive C14N 1.0 without comments: the only canonical form on this wire."""

from lxml import etree
from lxml.etree import _Element as Element

from eodes.errors import NotCanonicalError

EXCLUSIVE_C14N = "http://www.w3.org/2001/10/xml-exc-c14n#"


def canonicalize(root: Element) -> bytes:
    """Write an element in its canonical form.

    Raises:
        NotCanonicalError: the tree has none, for example because of a relative namespace name;
            an empty or partial form is never returned.
    """
    try:
        return etree.tostring(root, method="c14n", exclusive=True, with_comments=False)
    except etree.C14NError as error:
        raise NotCanonicalError(reason=str(error)) from error
