"""Fields read what people really type."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.forms import DateField
from django.utils.translation import override

from motcua.ui.fields import DayField, MomentField, MoneyField, PhoneField


@pytest.mark.parametrize("typed", ["05/11/2026", "5-11-2026", "05.11.2026", "2026-11-05", "5/11/26"])
def test_a_day_is_read_day_first(typed: str) -> None:
    assert DayField().clean(typed) == date(2026, 11, 5)


@pytest.mark.parametrize("typed", ["05/11/0026", "05/11/0206", "05/11/2206", "0085-11-05"])
def test_a_day_in_a_year_that_nobody_means_is_told_how_to_mend(typed: str) -> None:
    with pytest.raises(ValidationError, match="Ghi đủ bốn chữ số của năm"):
        DayField().clean(typed)
    with pytest.raises(ValidationError, match="Ghi đủ bốn chữ số của năm"):
        MomentField(input_formats=["%d/%m/%Y", "%Y-%m-%d"]).clean(typed)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_fifth_of_november_stays_in_november_in_every_language(language: str) -> None:
    with override(language):
        assert DateField().clean("05/11/2026") == date(2026, 11, 5)


@pytest.mark.parametrize(
    ("typed", "read"),
    [("30.000.000", 30_000_000), ("30 000 000 đồng", 30_000_000), ("75000", 75_000), ("75,000 đ", 75_000), ("0", 0)],
)
def test_money_is_whole_dong(typed: str, read: int) -> None:
    assert MoneyField().clean(typed) == read


@pytest.mark.parametrize("typed", ["75.5", "ba mươi", "-5"])
def test_what_is_not_money_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError):
        MoneyField().clean(typed)


@pytest.mark.parametrize("typed", ["0900 000 117", "+84 900000117", "0900.000.117"])
def test_a_telephone_number_is_kept_as_ten_digits(typed: str) -> None:
    assert PhoneField().clean(typed) == "0900000117"


def test_a_number_too_short_is_told_with_an_example() -> None:
    with pytest.raises(ValidationError, match="0900 000 117"):
        PhoneField().clean("0900")
