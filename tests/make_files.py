"""Makes the sample exports in `tests/files`: `python tests/make_files.py`.

Every number is reserved for fiction: 555-0100 to 555-0199 in real area codes, and the ranges that
the British and French regulators keep for films. Nothing here is random, so the files never change
by themselves; a test compares them with what this script would write.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

FOLDER = Path(__file__).parent / "files"

SQUARE = (
    "Reference ID,First Name,Last Name,Email Address,Phone Number,Nickname,Company Name,"
    "Street Address 1,Street Address 2,City,State,Postal Code,Birthday,Memo,Square Customer ID,"
    "Creation Source,First Visit,Last Visit,Transaction Count,Lifetime Spend,"
    "Email Subscription Status,Instant Profile,Blocked from online booking"
)
SHOPIFY_NEW = (
    "Customer ID,First Name,Last Name,Email,Accepts Email Marketing,Default Address Company,"
    "Default Address Address1,Default Address Address2,Default Address City,"
    "Default Address Province Code,Default Address Country Code,Default Address Zip,"
    "Default Address Phone,Phone,Accepts SMS Marketing,Total Spent,Total Orders,Note,Tax Exempt,"
    "Tags"
)
SHOPIFY_OLD = (
    "Customer ID,First Name,Last Name,Email,Accepts Email Marketing,Company,Address1,Address2,"
    "City,Province,Province Code,Country,Country Code,Zip,Phone,Accepts SMS Marketing,"
    "Total Spent,Total Orders,Tags,Note,Tax Exempt"
)
GOOGLE_NEW = (
    "First Name,Middle Name,Last Name,Phonetic First Name,Phonetic Middle Name,"
    "Phonetic Last Name,Name Prefix,Name Suffix,Nickname,File As,Organization Name,"
    "Organization Title,Organization Department,Birthday,Notes,Photo,Labels,E-mail 1 - Label,"
    "E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value,Phone 2 - Label,Phone 2 - Value,"
    "Phone 3 - Label,Phone 3 - Value,Address 1 - Label,Address 1 - Formatted,"
    "Address 1 - Street,Address 1 - City,Address 1 - PO Box,Address 1 - Region,"
    "Address 1 - Postal Code,Address 1 - Country,Address 1 - Extended Address,"
    "Relation 1 - Label,Relation 1 - Value,Website 1 - Label,Website 1 - Value,"
    "Event 1 - Label,Event 1 - Value,Custom Field 1 - Label,Custom Field 1 - Value"
)
GOOGLE_OLD = (
    "Name,Given Name,Additional Name,Family Name,Yomi Name,Given Name Yomi,"
    "Additional Name Yomi,Family Name Yomi,Name Prefix,Name Suffix,Initials,Nickname,"
    "Short Name,Maiden Name,Birthday,Gender,Location,Billing Information,Directory Server,"
    "Mileage,Occupation,Hobby,Sensitivity,Priority,Subject,Notes,Group Membership,"
    "E-mail 1 - Type,E-mail 1 - Value,Phone 1 - Type,Phone 1 - Value,Phone 2 - Type,"
    "Phone 2 - Value,Website 1 - Type,Website 1 - Value"
)

AREAS = (
    *("212", "305", "415", "702", "646", "312", "206", "503", "617", "713", "404", "602", "303"),
    *("215", "214", "313", "612", "504", "615", "816", "808", "907", "850", "912", "718", "510"),
    *("919", "412", "505", "801"),
)
FIRST = (
    *("Ana", "Bo", "Cy", "Dee", "Éva", "Fay", "Gus", "Hana", "Ida", "José", "Kit", "Lou", "Mia"),
    *("Nils", "Oda", "Pia", "Quin", "Rosa", "Søren", "Tess"),
)
LAST = ("Reyes", "Lind", "Moss", "O'Hara", "Núñez", "Grün", "Park", "Quist", "Vale", "Wu", "Zed")

Row = Mapping[str, str]


def number(n: int) -> str:
    """Return the n-th reserved number, ten digits; all different below 3,000."""
    return f"{AREAS[n % len(AREAS)]}5550{100 + (n // len(AREAS)) % 100}"


def styled(n: int) -> str:
    """Return the n-th number in one of the ways people write them."""
    digits = number(n)
    area, exchange, line = digits[:3], digits[3:6], digits[6:]
    styles = (
        f"+1{digits}",
        f"({area}) {exchange}-{line}",
        f"{area}-{exchange}-{line}",
        f"1 {area} {exchange} {line}",
        f"{area}.{exchange}.{line}",
        digits,
    )
    return styles[n % len(styles)]


def first_name(n: int) -> str:
    """Return the n-th first name."""
    return FIRST[n % len(FIRST)]


def last_name(n: int) -> str:
    """Return the n-th last name."""
    return LAST[n % len(LAST)]


FULL_WIDTH = {ord(char): 0xFEE0 + ord(char) for char in "+()0123456789"}

HOSTILE_NAMES = (
    "[bold]Vi[/]",
    "[/]",
    "Eve\x1b]52;c;QUJD\x07",
    "\u202eevil\u202c",
    "王小明",
    "مريم",
    "Zoë 🌷",
    "=1+1",
)

SPOILED = (
    *("", "", "", "N/A", "null", "-", "0", "000-000-0000"),
    *("1.55512E+10", "1,21256E+10", "2.1256E+9"),
    *("(212) 555-0150 x12", "305-555-0151 ext. 4", "4155550152;ext=9"),
    *("555-0105", "555-0106", "5550107"),
    *("212-555-0150 / 305-555-0151", "2125550152, 3055550153"),
    *('=HYPERLINK("http://example.com","call")', "=A1"),
    *("12125550142000000", "21255501420000000000"),
    *("call her mother", "212-555-FLWR", "911", "12345"),
    "447700900123",
)
"""Phone cells that cannot become a number without asking."""


def mended(n: int) -> tuple[str, ...]:
    """Return phone cells that can be read though something is wrong with each."""
    one, two, three, four, five, six, seven = (number(n + i) for i in range(7))
    return (
        f"'+1{one}",
        f'="+1{two}"',
        f"1{three}.0",
        f"1.{four}E+10",
        f"{five[0]}.{five[1:]}E9",
        f"\u202a+1\u00a0{six[:3]}\u2011{six[3:6]}\u2011{six[6:]}\u202c",
        f"+1 ({seven[:3]}) {seven[3:]}".translate(FULL_WIDTH),
    )


def written(
    header: str, rows: Iterable[Row], *, delimiter: str = ",", newline: str = "\n"
) -> list[str]:
    """Return the lines of a file, the header first."""
    names = header.split(",")
    lines = []
    for row in [dict(zip(names, names, strict=True)), *rows]:
        text = io.StringIO()
        csv.DictWriter(text, names, "", delimiter=delimiter, lineterminator=newline).writerow(row)
        lines.append(text.getvalue())
    return lines


def cells(phone: str, n: int, keys: Sequence[str], **more: str) -> Row:
    """Return one row: first name, last name and phone under `keys`, and more columns."""
    first, last, number_key = keys
    return {first: first_name(n), last: last_name(n), number_key: phone, **more}


def square() -> bytes:
    """240 people as the till wrote them: UTF-8, blank rows, a broken row, ragged rows."""
    keys = ("First Name", "Last Name", "Phone Number")

    def row(phone: str, n: int, **more: str) -> Row:
        return cells(
            phone,
            n,
            keys,
            **{
                "Square Customer ID": f"SQ{n:08d}",
                "Creation Source": "Instant Profile" if not phone else "Directory",
                "Email Address": f"p{n}@example.com",
                "State": ("NY", "FL", "")[n % 3],
                "Email Subscription Status": ("Subscribed", "Unsubscribed", "Unknown")[n % 3],
                "Memo": ("likes peonies", "gate code, ring twice", 'says:\n"hello"', "")[n % 4],
                **more,
            },
        )

    rows = [row(styled(n), n) for n in range(190)]
    rows += [row(phone, 300 + n) for n, phone in enumerate(mended(190))]
    rows += [row(phone, 320 + n) for n, phone in enumerate(SPOILED)]
    rows += [row(f"+1 {number(n)}", n) for n in range(0, 30, 5)]
    rows += [row(f"+1 {number(n)}", n + 1) for n in (40, 41)]
    rows += [
        {**row(styled(200 + n), n), "First Name": name, "Last Name": "null"}
        for n, name in enumerate(HOSTILE_NAMES)
    ]
    lines = written(SQUARE, rows)
    broken = f'r1,"Bob "The" Builder",Vale,bob@example.com,{styled(210)}\n'
    lines[50:50] = ["\n", broken, "," * 22 + "\n"]
    lines += [
        f"r2,Kit,Short,kit@example.com,{styled(211)}\n",
        f"r3,Kit,Long,kit@example.com,{styled(212)}{',' * 30}\n",
    ]
    return "".join(lines).encode()


def shopify_new() -> bytes:
    """A shop export opened in Excel: byte order mark, CRLF, apostrophes before the plus."""
    keys = ("First Name", "Last Name", "Phone")
    rows: list[Row] = []
    for n in range(220):
        more = {
            "Customer ID": f"'{7000000000 + n}",
            "Accepts SMS Marketing": ("yes", "no", "TRUE", "0")[n % 4],
            "Default Address Province Code": ("NY", "CA", "ON", "")[n % 4],
            "Default Address Country Code": ("US", "US", "CA", "GB")[n % 4],
            "Tags": ("VIP, wholesale", "", "flowers")[n % 3],
        }
        phone = f"'+1{number(n)}"
        if n % 10 == 3:
            rows.append(cells("", n, keys, **more, **{"Default Address Phone": phone}))
        else:
            rows.append(cells(phone, n, keys, **more))
    rows += [cells(phone, 400 + n, keys) for n, phone in enumerate(SPOILED)]
    rows += [
        cells("555-0105", 450, keys, **{"Default Address Phone": styled(220)}),
        cells("+44 7700 900123", 451, keys),
        cells("+33 1 99 00 12 34", 452, keys),
        cells("0044 7700 900124", 453, keys),
    ]
    rows += [cells(styled(n), n + 2, keys) for n in range(7)]
    return "".join(written(SHOPIFY_NEW, rows, newline="\r\n")).encode("utf-8-sig")


def shopify_old() -> bytes:
    """An old export saved again by a European Excel: semicolons, Windows-1252, no last line end."""
    keys = ("First Name", "Last Name", "Phone")
    rows = [
        cells(
            styled(n),
            n,
            keys,
            **{
                "Province": ("New York", "Québec", "")[n % 3],
                "Country": ("United States", "Canada", "France")[n % 3],
                "Accepts SMS Marketing": ("yes", "no")[n % 2],
                "Total Spent": "12,50",
                "Note": ("", "préfère le matin")[n % 2],
            },
        )
        for n in range(230)
    ]
    rows += [cells(phone, 500 + n, keys) for n, phone in enumerate(SPOILED)]
    rows += [{"Phone": styled(231), "Company": "Crème & Co"}, {"Email": "only@example.com"}]
    text = "".join(written(SHOPIFY_OLD, rows, delimiter=";", newline="\r\n"))
    return ("sep=;\r\n" + text).removesuffix("\r\n").encode("cp1252")


def google_new() -> bytes:
    """A phone's contacts: labels, several phones, joined cells, groups Google makes itself."""
    keys = ("First Name", "Last Name", "Phone 1 - Value")

    def row(n: int, *phones: tuple[str, str], **more: str) -> Row:
        found: dict[str, str] = {}
        for i, (label, phone) in enumerate(phones, start=1):
            found |= {f"Phone {i} - Label": label, f"Phone {i} - Value": phone}
        return {**cells("", n, keys), **found, "Labels": "* myContacts ::: Regulars", **more}

    rows = [row(n, (("Mobile", "* Mobile", "", "Home")[n % 4], styled(n))) for n in range(200)]
    rows += [row(n, ("Work", styled(n + 300)), ("* Mobile", styled(n))) for n in range(200, 215)]
    rows += [row(n, ("Work Fax", styled(n + 300)), ("Home", styled(n))) for n in range(215, 220)]
    rows += [row(n, ("Mobile", styled(n)), ("mobile", styled(n + 300))) for n in range(220, 224)]
    rows += [row(n, ("Home", styled(n)), ("Work", styled(n + 300))) for n in range(224, 227)]
    rows += [row(n, ("Mobile", f"{styled(n)} ::: {styled(n + 6)}")) for n in range(227, 230)]
    rows += [row(n, ("Mobile", f"{styled(n)} ::: +1{number(n)}")) for n in range(230, 232)]
    rows += [row(n, ("Mobile", "555-0105"), ("Work", styled(n))) for n in range(232, 234)]
    rows += [row(n, ("Work Fax", styled(n))) for n in range(234, 236)]
    rows += [row(n) for n in range(236, 246)]
    rows += [row(n + 1, ("Other", styled(n))) for n in range(4)]
    rows += [{"Organization Name": "Fern & Finch", "Phone 1 - Value": styled(250)}]
    return "".join(written(GOOGLE_NEW, rows)).encode()


def google_old() -> bytes:
    """The export of years ago: UTF-16 with a byte order mark, one name column."""
    rows: list[Row] = [
        {
            "Name": f"{first_name(n)} {last_name(n)}",
            "Given Name": first_name(n),
            "Family Name": last_name(n),
            "Notes": ("", "since 2009;\nring the bell")[n % 2],
            "Group Membership": "* My Contacts ::: Florists",
            "Phone 1 - Type": ("Mobile", "Home")[n % 2],
            "Phone 1 - Value": styled(n),
        }
        for n in range(225)
    ]
    rows += [{"Name": "Max", "Phone 1 - Value": phone} for phone in SPOILED]
    rows += [
        {"Nickname": name, "Phone 1 - Value": styled(230 + n)}
        for n, name in enumerate(HOSTILE_NAMES)
    ]
    return codecs.BOM_UTF16_LE + "".join(written(GOOGLE_OLD, rows, newline="\r\n")).encode(
        "utf-16-le"
    )


FILES = {
    "square.csv": square,
    "shopify-new.csv": shopify_new,
    "shopify-old.csv": shopify_old,
    "google-new.csv": google_new,
    "google-old.csv": google_old,
}


def main() -> None:
    """Write all files."""
    for name, content in FILES.items():
        (FOLDER / name).write_bytes(content())


if __name__ == "__main__":
    main()
