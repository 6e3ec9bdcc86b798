"""Makes `tests/files/workbooks`: Excel workbooks with everything that real ones hold.

`python tests/make_workbooks.py` writes them, from plain XML and with a time that never changes, so
that a test can compare them part by part. Every number is reserved for fiction.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from workbooks import sheet_xml

FOLDER = Path(__file__).parent / "files" / "workbooks"
_LONG_AGO = (2020, 1, 1, 0, 0, 0)
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OF_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_DATE, _NUMBER = 1, 0

Cell = str | int | float
Sheet = tuple[str, str, bytes]
"""Title, state, XML."""


def text(value: str) -> str:
    """Return a cell with a text in it."""
    safe = value.replace("&", "&amp;").replace("<", "&lt;")
    return f'<c t="inlineStr"><is><t xml:space="preserve">{safe}</t></is></c>'


def number(value: float, style: int = _NUMBER) -> str:
    """Return a cell with a number, or with a day of Excel's calendar."""
    return f'<c s="{style}"><v>{value!r}</v></c>'


def formula(code: str, result: str = "") -> str:
    """Return a cell with a formula and what it came to."""
    kept = f"<v>{result}</v>" if result else ""
    return f'<c t="str"><f>{code.replace("&", "&amp;")}</f>{kept}</c>'


def sheet(*rows: Sequence[str], after: str = "") -> bytes:
    """Return a sheet of rows of cells."""
    written = "".join(f'<row r="{n}">{"".join(row)}</row>' for n, row in enumerate(rows, 1) if row)
    return sheet_xml(written.encode(), after.encode())


def texts(*values: str) -> list[str]:
    """Return a row of texts."""
    return [text(value) for value in values]


def parts(*sheets: Sheet) -> dict[str, bytes]:
    """Return the parts of a workbook with these sheets."""
    count = range(1, len(sheets) + 1)
    kinds = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="application/'
        'vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
        for n in count
    )
    listed = "".join(
        f'<sheet name="{title}" sheetId="{n}" state="{state}" r:id="rId{n}"/>'
        for n, (title, state, _) in enumerate(sheets, 1)
    )
    linked = "".join(
        f'<Relationship Id="rId{n}" Type="{_OF_OFFICE}/worksheet" '
        f'Target="worksheets/sheet{n}.xml"/>'
        for n in count
    )
    styles = f'<Relationship Id="rId0" Type="{_OF_OFFICE}/styles" Target="styles.xml"/>'
    written = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
        'relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/'
        'vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName='
        '"/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        f'spreadsheetml.styles+xml"/>{kinds}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_OF_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OF_OFFICE}"><sheets>{listed}'
        "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{styles}'
        f"{linked}</Relationships>",
        "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><fonts count="1"><font/></fonts><fills '
        'count="1"><fill><patternFill/></fill></fills><borders count="1"><border/></borders>'
        '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0"/>'
        '<xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>',
    }
    inside = {name: f"{_HEAD}{xml}".encode() for name, xml in written.items()}
    return inside | {f"xl/worksheets/sheet{n}.xml": sheets[n - 1][2] for n in count}


def packed(inside: Mapping[str, bytes]) -> bytes:
    """Return the parts as one archive, the same each time."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in inside.items():
            info = zipfile.ZipInfo(name, _LONG_AGO)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return file.getvalue()


HEADER = texts("Name", "Phone", "Note")
ANA = texts("Ana Reyes", "212-555-0101", "likes peonies")
BO = texts("Bo Lind", "(212) 555-0102")
CY = texts("Cy Moss", "2125550103")

_LINK = 'HYPERLINK("http://example.com","+12125550104")'

PARTS: dict[str, dict[str, bytes]] = {
    "plain.xlsx": parts(("Customers", "visible", sheet(HEADER, ANA, BO, CY))),
    "formulas.xlsx": parts(
        (
            "Customers",
            "visible",
            sheet(
                HEADER,
                ANA,
                [text("Bo Lind"), formula('"212-555-0102"', "212-555-0102")],
                [text("Di Park"), formula(_LINK, "+12125550104")],
                [formula("1+1", "2"), text("2125550103"), formula("cmd|' /C calc'!A0")],
            ),
        )
    ),
    "hidden-sheets.xlsx": parts(
        ("Old list", "hidden", sheet(HEADER, texts("Nobody", "212-555-0198"))),
        ("Customers", "visible", sheet(HEADER, ANA, BO)),
        ("Older", "veryHidden", sheet(HEADER, texts("Nobody else", "212-555-0199"))),
    ),
    "merged-cells.xlsx": parts(
        (
            "Customers",
            "visible",
            sheet(
                texts("Spring customers, all shops"),
                [],
                HEADER,
                ANA,
                BO,
                after='<mergeCells count="1"><mergeCell ref="A1:C1"/></mergeCells>',
            ),
        )
    ),
    "numbers-and-days.xlsx": parts(
        (
            "Customers",
            "visible",
            sheet(
                texts("Name", "Phone", "Birthday"),
                [text("Ana Reyes"), number(2125550101), number(31115, _DATE)],
                [text("Bo Lind"), number(12125550102.0), number(44264, _DATE)],
                [text("Cy Moss"), number(1.2125550103e10), text("1985-03-09")],
                [text("Di Park"), text("1.55512E+10"), text("")],
            ),
        )
    ),
    "blank-rows.xlsx": parts(
        ("Customers", "visible", sheet(HEADER, [], ANA, [], texts("", "", ""), BO, [], []))
    ),
    "all-hidden.xlsx": parts(("Customers", "hidden", sheet(HEADER, ANA))),
    "bomb.xlsx": parts(
        (
            "Customers",
            "visible",
            sheet_xml(b"<row>" + b"<c/>" * 2_000_000 + b"</row>"),
        )
    ),
}

BYTES: dict[str, bytes] = {
    "password.xlsx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    + bytes(504)
    + "EncryptedPackage".encode("utf-16-le")
    + bytes(480),
    "old.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    + bytes(504)
    + "Workbook".encode("utf-16-le")
    + bytes(496),
    "cut-short.xlsx": b"PK\x03\x04\x14\x00\x00\x00\x08\x00" + bytes(300),
}


def main() -> None:
    """Write all files."""
    FOLDER.mkdir(exist_ok=True)
    for name, content in (BYTES | {name: packed(one) for name, one in PARTS.items()}).items():
        (FOLDER / name).write_bytes(content)


if __name__ == "__main__":
    main()
