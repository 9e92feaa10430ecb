"""All hostile variants of the specimen, and the controls beside them."""

from tests.hostile import (
    control_variants,
    form_variants,
    markup_variants,
    trust_variants,
    wrapped_variants,
)

HOSTILE = (
    *wrapped_variants.altered(),
    *wrapped_variants.dismembered(),
    *wrapped_variants.wrapping(),
    *form_variants.references(),
    *form_variants.signed_infos(),
    *form_variants.signatures(),
    *trust_variants.algorithms(),
    *trust_variants.keys(),
    *trust_variants.values(),
    *markup_variants.doctypes(),
    *markup_variants.nodes(),
    *markup_variants.bytes_of_other_kinds(),
    *markup_variants.costly(),
)
CONTROLS = tuple(control_variants.controls())
