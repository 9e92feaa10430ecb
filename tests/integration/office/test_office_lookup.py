"""Whoever describes goods looks up codes, by digits or words, and the agreements of his country."""

from ooms.access.model import Role
from ooms.tariffs.model import Line, Tariff
from tests.offices import determined

TARIFF = Tariff(
    2022,
    "en",
    (
        Line("8504", "Electrical transformers, static converters"),
        Line("850440", "Static converters"),
        Line("850450", "Other inductors"),
    ),
)


def load(offices):
    office = offices.offices["KR-KCS"]
    office.works.do(lambda work: office.tariffs.load(work, TARIFF, who="kim"))


def test_digits_find_headings_and_codes_without_any_tariff(exporter):
    found = exporter.get("/tariff/codes?words=8504.4")
    heading = exporter.get("/tariff/codes?words=8504")

    assert found == {"items": [{"code": "850440", "description": ""}], "is_worded": False}
    assert [one["code"] for one in heading["items"]][:3] == ["8504", "850410", "850421"]


def test_words_find_lines_of_the_loaded_tariff(offices, exporter):
    load(offices)
    found = exporter.get("/tariff/codes?words=STATIC%20conv&language=ko")
    worded = exporter.get("/tariff/codes?words=850450")["items"]

    assert [one["code"] for one in found["items"]] == ["8504", "850440"]
    assert found["is_worded"]
    assert worded == [{"code": "850450", "description": "Other inductors"}]


def test_words_find_nothing_where_no_tariff_is_loaded(exporter):
    assert exporter.get("/tariff/codes?words=converters") == {"items": [], "is_worded": False}


def test_sign_that_searches_mean_otherwise_is_only_a_sign(offices, exporter):
    load(offices)

    assert exporter.get("/tariff/codes?words=%25")["items"] == []


def test_agreements_name_the_countries_beyond(offices, exporter):
    producer = offices.person(
        "KR-KCS", "maker", Role.PRODUCER, exporter_id=exporter.get("/exporters")["items"][0]["id"]
    )
    found = {one["code"]: one for one in producer.get("/tariff/agreements")["items"]}

    assert "VN" in found["AKFTA"]["partners"]
    assert all("KR" not in one["partners"] for one in found.values())
    assert "USMCA" not in found


def test_determinations_are_listed_by_product(exporter):
    first = determined(exporter)
    determined(exporter, model="SC-600")

    found = exporter.get(f"/determinations?product_id={first['product_id']}")["items"]
    assert [one["id"] for one in found] == [first["id"]]
