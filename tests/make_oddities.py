"""Makes `tests/files/oddities`: one file for each oddity that imports must survive.

`python tests/make_oddities.py` writes them. Nothing is random; a test compares the files with what
this script would write. Every number is reserved for fiction.
"""

from __future__ import annotations

import codecs
from pathlib import Path

from make_files import FULL_WIDTH

FOLDER = Path(__file__).parent / "files" / "oddities"

A, B, C, D = (f"21255501{n:02d}" for n in (1, 2, 3, 4))


def lines(*rows: str, header: str = "Name,Phone", end: str = "\n") -> str:
    """Return the rows under a header, each with its line end."""
    return "".join(f"{row}{end}" for row in (header, *rows))


TEXTS: dict[str, str] = {
    "semicolons.csv": lines(f"Ana;{A}", f"Bo;{B}", header="Name;Phone"),
    "separator-line.csv": "sep=;\n" + lines(f"Ana;{A}", header="Name;Phone"),
    "tabs.tsv": lines(f"Ana\t{A}", header="Name\tPhone"),
    "scientific.csv": lines("Ana,1.55512E+10", "Bo,2.1256E+9", f"Cy,{C}"),
    "scientific-whole.csv": lines("Ana,2.125550101E9", "Bo,1.2125550102E+10"),
    "rounded-tail.csv": lines("Ana,12125550101000000", f"Bo,{B}"),
    "point-zero.csv": lines(f"Ana,1{A}.0", f'Bo,"{B},00"'),
    "apostrophe.csv": lines(f"Ana,'+1{A}", f"Bo,\N{RIGHT SINGLE QUOTATION MARK}{B}"),
    "signs-for-plus.csv": lines(
        f"Ana, +1{A}", "Bo,#1 (212) 555-0102", f'Cy,"=""+1{C}"""', f"Di,=+1{D}"
    ),
    "lost-plus.csv": lines("Ana,447700900123", f"Bo,1{B}"),
    "lost-plus-at-home.csv": lines("Ivy,447700900123", "Joe,447700900124"),
    "lost-zero.csv": lines("Ana,444123456"),
    "lost-zero-of-a-mobile.csv": lines("Ivy,7700900123", "Joe,07700 900124"),
    "look-alikes.csv": lines(
        "Ana," + "+1 (212) 555-0101".translate(FULL_WIDTH),
        "Bo,\u202a+1\u00a0212\u2011555\u20110102\u202c",
        "Cy,212\u2013555\u20130103\u200b",
    ),
    "two-numbers.csv": lines(
        "Ana,212-555-0101 / 212-555-0102", f"Bo,{B} ::: {C}", f"Cy,{C} ::: +1{C}"
    ),
    "extension.csv": lines("Ana,212-555-0101 x12", f"Bo,{B}"),
    "short-codes.csv": lines("Ana,12345", "Bo,911", f"Cy,{C}"),
    "ragged.csv": lines("", f"Ana,{A}", f"Bo,{B},,,,", f"Cy,{C},more,cells", "Di", ",,,,"),
    "padded-header.csv": lines(f"Ana,{A}", header="Name   ,  Phone\t "),
    "no-last-line-end.csv": lines(f"Ana,{A}", f"Bo,{B}").removesuffix("\n"),
    "broken-quotes.csv": lines(f"Ana,{A}", f'"Bob "The" Builder",{B}', f"Cy,{C}"),
    "nothing-words.csv": lines(
        f"DeJarnette null,{A}", f"null,{B}", "Cy,N/A", "Di,-", "Ed,0", f"-,{C}"
    ),
    "same-person.csv": lines(
        f"Ana,{A}", "Ana Reyes,+1 (212) 555-0101", f"Luis,1-212-555-0101,{B}", f"Bo,{B}"
    ),
    "dates.csv": lines(
        f"Ana,{A},3/9/1985",
        f"Bo,{B},2021-03-09_12:34:25",
        f"Cy,{C},44264",
        f"Di,{D},25/3/1985",
        header="Name,Phone,Birthday",
    ),
    "formulas.csv": lines(
        'Ana,"=HYPERLINK(""http://example.com"",""+12125550101"")"', f"=1+1,{B}", f"@SUM(1),{C}"
    ),
    "mac-line-ends.csv": lines(f"Ana,{A}", f"Bo,{B}", end="\r"),
    "quoted-line-breaks.csv": lines(f'"Ana\nReyes",{A}', f"Bo,{B}", f'Cy,"{C}\n"'),
    "repeated-headers.csv": lines(f"Ana,{A},x,y", header="Name,Phone,Note,Note"),
    "dates-of-a-yes.csv": lines(
        f"Ana,{A},yes,3/9/2026",
        f"Bo,{B},yes,2026-03-09",
        header="Name,Phone,SMS opt-in,Since",
    ),
    "empty-columns.csv": lines(f",Ana,,{A},,,", f",Bo,,{B},,,", header=",Name,,Phone,,,"),
    "thousand-blank-rows.csv": lines(f"Ana,{A}", *[","] * 1000, f"Bo,{B}"),
    "header-twice.csv": lines(f"Ana,{A}", "Name,Phone", f"Bo,{B}"),
    "no-header.csv": f"Ana,{A}\nBo,{B}\n",
    "header-only.csv": "Name,Phone\n",
    "mailchimp-tags.csv": lines(
        f'a@example.com,Ana,{A},2,1,"""VIP"",""Blog"""',
        header="Email Address,First Name,Phone Number,MEMBER_RATING,LEID,TAGS",
    ),
    "outlook-empty-birthday.csv": lines(
        f"Ana,,,{A},,0/0/00",
        f"Bo,,,,{B},3/9/1985",
        header="First Name,Given Yomi,TTY/TDD Phone,Mobile Phone,Primary Phone,Birthday",
    ),
    "markup-and-escapes.csv": lines(
        f"[/],{A}", f"[bold]x,{B}", f"\x1b]52;c;QUJD\x07,{C}", f"\u202eevil,{D}"
    ),
    "apple.vcf": (
        "BEGIN:VCARD\r\nVERSION:3.0\r\nPRODID:-//Apple Inc.//iOS 15.5//EN\r\nN:Reyes;Ana;;;\r\n"
        "FN:Ana Reyes\r\nTEL;type=CELL;type=VOICE;type=pref:(212) 555-0101\r\n"
        "item1.TEL:2125550109\r\nitem1.X-ABLabel:_$!<Work>!$_\r\nEND:VCARD\r\n"
        "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Bo\\, the barber\r\nTEL;type=HOME:2125550102\r\n"
        "NOTE:a note that is fol\r\n ded\r\nEND:VCARD\r\n"
        "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:No number\r\nEND:VCARD\r\n"
    ),
    "android-2.1.vcf": (
        "BEGIN:VCARD\r\nVERSION:2.1\r\n"
        "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=4D=C3=BC=6C=6C=65=72;=41=6E=\r\n"
        "=61;;;\r\nTEL;CELL:+12125550101\r\n"
        "PHOTO;ENCODING=BASE64;JPEG:/9j/4AAQSkZJRgABAQAAAQABAAD\r\n /2wBDAAYEBQYFBAYGBQYH\r\n\r\n"
        "END:VCARD\r\n"
    ),
    "nextcloud-4.0.vcf": (
        "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Ana\r\n"
        'TEL;TYPE="HOME,VOICE";VALUE=uri:tel:+1-212-555-0109\r\n'
        'TEL;TYPE="CELL,VOICE":+1 212 555 0101\r\nBDAY:--0309\r\nEND:VCARD\r\n'
    ),
    "broken-folding.vcf": (
        "BEGIN:VCARD\nVERSION:3.0\nFN:Ana\nNOTE:first line\nsecond line\n"
        "TEL;TYPE=CELL:+12125550101\nPHOTO;ENCODING=b:AAAA\nBBBB\nEND:VCARD\n"
    ),
    "cut-short.vcf": "BEGIN:VCARD\nFN:Ana\nTEL:+12125550101\nEND:VCARD\nBEGIN:VCARD\nTEL:+1212",
}

BYTES: dict[str, bytes] = {
    "byte-order-mark.csv": codecs.BOM_UTF8 + lines(f"Zoë,{A}").encode(),
    "utf-16.csv": codecs.BOM_UTF16_LE
    + lines(f"Zoë\t{A}", header="Name\tPhone").encode("utf-16-le"),
    "utf-16-big-endian.csv": codecs.BOM_UTF16_BE
    + lines(f"Zoë\t{A}", header="Name\tPhone").encode("utf-16-be"),
    "two-encodings.csv": lines(f"Zoë,{A}").encode() + f"José,{B}\n".encode("cp1252"),
    "windows-1252.csv": lines(f"José,{A}", f"Bo,{B}").encode("cp1252"),
    "workbook-renamed.csv": b"PK\x03\x04\x14\x00\x06\x00\x08\x00" + bytes(2000),
    "cards-renamed.csv": b"BEGIN:VCARD\r\nFN:Ana\r\nTEL:+12125550101\r\nEND:VCARD\r\n",
}

FILES = {name: text.encode() for name, text in TEXTS.items()} | BYTES


def main() -> None:
    """Write all files."""
    FOLDER.mkdir(exist_ok=True)
    for name, content in FILES.items():
        (FOLDER / name).write_bytes(content)


if __name__ == "__main__":
    main()
