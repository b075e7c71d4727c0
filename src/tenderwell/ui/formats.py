"""Amounts, numbers and times in the reader's language, always with western digits and unmistakable units."""

import datetime as dt
from decimal import Decimal

from babel import Locale, dates, numbers
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

# en_001 is international English: 9 November 2026.
LOCALES = {"zh-hans": "zh_Hans", "en": "en_001"}
# Prices and references must read the same in every language.
DIGITS = "latn"
WESTERN = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")
SIZE_UNITS = ("B", "KB", "MB", "GB")
Number = int | float | Decimal


def locale() -> Locale:
    """The locale of the language that is active for this request."""
    code = get_language() or "en"
    return Locale.parse(LOCALES.get(code, code.split("-")[0]))


def money_text(amount: Number, *, currency: str) -> str:
    """The amount with the ISO code of its currency: "$" means many currencies, and signs jump in Arabic text."""
    number_locale = Locale.parse("en_001") if get_language() == "ar" else locale()
    pattern = number_locale.currency_formats["standard"].pattern.split(";")[0].replace("¤", "¤¤")
    if pattern.startswith("¤¤") and not pattern.startswith("¤¤\xa0"):
        pattern = pattern.replace("¤¤", "¤¤\xa0")
    if not amount % 1:
        pattern = pattern.replace(".00", "")
    return numbers.format_currency(
        amount, currency, format=pattern, locale=number_locale, currency_digits=False, numbering_system=DIGITS
    )


def money(amount: Number, *, currency: str) -> SafeString:
    """The same as markup: apart from the direction of the text around it."""
    return format_html('<bdi dir="ltr" class="num">{}</bdi>', money_text(amount, currency=currency))


def number(value: Number) -> str:
    """The number with the separators of the language."""
    return numbers.format_decimal(value, locale=locale(), numbering_system=DIGITS)


def compact_number(value: Number) -> str:
    """A large number in short, for axes: 1.2M."""
    if -10_000 < value < 10_000:
        return number(value)
    return numbers.format_compact_decimal(
        value, format_type="short", locale=locale(), fraction_digits=1, numbering_system=DIGITS
    )


def percent(share: Number) -> str:
    """A share of one as percent, with a decimal place when it has one: 0.125 is 12.5%."""
    places = "#,##0.#%" if share * 100 % 1 else "#,##0%"
    pattern = locale().percent_formats[None].pattern.replace("#,##0%", places)
    return numbers.format_percent(share, format=pattern, locale=locale(), numbering_system=DIGITS)


def file_size(count: int) -> SafeString:
    """Bytes as a person says them: 3.7 MB."""
    power = next((power for power in range(len(SIZE_UNITS)) if count < 1024 ** (power + 1)), len(SIZE_UNITS) - 1)
    size, unit = count / 1024**power, SIZE_UNITS[power]
    shown = round(size, 1) if size < 10 and unit != "B" else round(size)
    return format_html('<bdi class="num">{} {}</bdi>', number(shown), unit)


def day_text(day: dt.date, *, style: str = "long") -> str:
    """The date in words; the month is never a number, which readers of another country would misread."""
    if style == "medium":
        return dates.format_skeleton("yMMMd", day, locale=locale()).translate(WESTERN)
    return dates.format_date(day, style, locale=locale()).translate(WESTERN)


def day(value: dt.date, *, style: str = "long") -> SafeString:
    """The date as a time element."""
    plain = value.date() if isinstance(value, dt.datetime) else value
    return format_html('<time datetime="{}">{}</time>', plain.isoformat(), day_text(plain, style=style))


def offset(when: dt.datetime) -> str:
    """The distance to UTC, as UTC+03:00."""
    text = when.strftime("%z")
    return f"UTC{text[:3]}:{text[3:5]}"


def moment_text(when: dt.datetime, *, zone: dt.tzinfo) -> str:
    """Date and minute in the zone given, with its distance to UTC, for plain text."""
    local = when.astimezone(zone)
    return f"{_minute(local)} {offset(local)}"


def moment(when: dt.datetime, *, zone: dt.tzinfo) -> SafeString:
    """Date and minute in the zone given, with its distance to UTC; `when` is aware."""
    local = when.astimezone(zone)
    return format_html(
        '<time datetime="{}">{}</time> <bdi dir="ltr" class="zone">{}</bdi>',
        local.isoformat(timespec="minutes"), _minute(local), offset(local),
    )  # fmt: skip


def _minute(local: dt.datetime) -> str:
    comma = "،" if get_language() == "ar" else ","
    return dates.format_datetime(local, f"d MMMM y{comma} HH:mm", locale=locale()).translate(WESTERN)
