"""The lists by which companies check themselves."""

from ooms.compliance.loader import load_self_checks


def test_list_of_an_industry_holds_the_questions_of_everybody_too():
    checks = load_self_checks()
    everybody = {one.code for one in checks.of(industry="", agreement="")}
    textiles = {one.code for one in checks.of(industry="TEXTILES", agreement="RCEP")}

    assert everybody < textiles
    assert {"YARN_FORWARD", "RCEP_COUNTRY"} <= textiles
    assert "REACTION" not in textiles


def test_every_question_names_an_industry_that_is_there():
    checks = load_self_checks()
    known = {one.code for one in checks.industries} | {""}

    assert {one.industry for one in checks.questions} <= known
    assert len({one.code for one in checks.questions}) == len(checks.questions)
