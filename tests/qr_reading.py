"""Reads QR codes back, from a drawing or from the pixels of a printed page: for tests only.

An independent reading by ISO/IEC 18004, versions 1 to 6, byte mode. Nothing is corrected: a code
that is drawn with one wrong module reads wrong, which is what a test wants.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

Modules = Sequence[Sequence[bool]]
"""Rows of modules; True is dark."""

_LEVELS = {0b01: "L", 0b00: "M", 0b11: "Q", 0b10: "H"}
_FORMAT_MASK = 0b101010000010010
_ALL = (26, 44, 70, 100, 134, 172)
_DATA = {
    "L": (19, 34, 55, 80, 108, 136),
    "M": (16, 28, 44, 64, 86, 108),
    "Q": (13, 22, 34, 48, 62, 76),
    "H": (9, 16, 26, 36, 46, 60),
}
_BLOCKS = {"L": (1, 1, 1, 1, 1, 2), "M": (1, 1, 1, 2, 2, 4), "Q": (1, 1, 2, 2, 4, 4),
           "H": (1, 1, 2, 4, 4, 4)}  # fmt: skip
# Where it is 0, a module is turned over.
_MASKS: tuple[Callable[[int, int], int], ...] = (
    lambda y, x: (y + x) % 2,
    lambda y, x: y % 2 + 0 * x,
    lambda y, x: x % 3 + 0 * y,
    lambda y, x: (y + x) % 3,
    lambda y, x: (y // 2 + x // 3) % 2,
    lambda y, x: y * x % 2 + y * x % 3,
    lambda y, x: (y * x % 2 + y * x % 3) % 2,
    lambda y, x: ((y + x) % 2 + y * x % 3) % 2,
)


def read_modules(code: Modules) -> str:
    """Return the text that a code holds.

    Raises:
        ValueError: it is no code of a known form.
    """
    size = len(code)
    version = (size - 17) // 4
    if size != 17 + 4 * version or not 1 <= version <= 6:
        raise ValueError(f"no code of {size} modules")
    level, mask = _format(code)
    words = _codewords(code, version, mask)
    if len(words) < _ALL[version - 1]:
        raise ValueError("too few codewords")
    return _text(_data(words, version, level))


def read_path(path: str, size: int) -> str:
    """Return the text of a code drawn as strokes of an SVG path, one module high.

    Raises:
        ValueError: it is no code, or drawn in another way.
    """
    code = [[False] * size for _ in range(size)]
    x = y = 0.0
    for letter, numbers in re.findall(r"([A-Za-z])([^A-Za-z]*)", path):
        values = [float(one) for one in re.findall(r"-?[\d.]+", numbers)]
        match letter:
            case "M":
                x, y = values
            case "m":
                x, y = x + values[0], y + values[1]
            case "h":
                for at in range(int(x), int(x + values[0])):
                    code[int(y)][at] = True
                x += values[0]
            case _:
                raise ValueError(f"a stroke of another kind: {letter}")
    dark = [at for at, row in enumerate(code) if any(row)]
    border, end = dark[0], dark[-1] + 1
    return read_modules([row[border:end] for row in code[border:end]])


def read_pixels(pgm: bytes) -> str:
    """Return the text of the one code on a page, from a picture of it (PGM, binary).

    Raises:
        ValueError: no code is found.
    """
    found = re.match(rb"P5\s+(\d+)\s+(\d+)\s+(\d+)\s", pgm)
    if found is None:
        raise ValueError("no picture")
    width, height, most = map(int, found.groups())
    pixels = pgm[found.end() :]
    rows = [
        [value * 2 < most for value in pixels[y * width : (y + 1) * width]] for y in range(height)
    ]
    corners = _corners(rows)
    module = sum(size for _, _, size in corners) / len(corners) / 7
    left, right = min(x for x, _, _ in corners), max(x for x, _, _ in corners)
    top, bottom = min(y for _, y, _ in corners), max(y for _, y, _ in corners)
    count = round((right - left) / module) + 7
    step_x, step_y = (right - left) / (count - 7), (bottom - top) / (count - 7)
    first_x, first_y = left - 3 * step_x, top - 3 * step_y
    return read_modules(
        [
            [rows[round(first_y + y * step_y)][round(first_x + x * step_x)] for x in range(count)]
            for y in range(count)
        ]
    )


def _corners(rows: Modules) -> list[tuple[float, float, float]]:
    """Return the middles of the three corner squares and their widths in pixels."""
    seen: list[list[tuple[float, float, float]]] = []
    for y, row in enumerate(rows):
        for x, size in _squares(row):
            for near in seen:
                if abs(near[-1][0] - x) < size / 7 and y - near[-1][1] < size / 7:
                    near.append((x, y, size))
                    break
            else:
                seen.append([(x, y, size)])
    best = sorted(seen, key=len, reverse=True)[:3]
    if len(best) < 3:
        raise ValueError("no code on this page")
    return [
        (
            sum(x for x, _, _ in near) / len(near),
            (near[0][1] + near[-1][1]) / 2,
            sum(size for _, _, size in near) / len(near),
        )
        for near in best
    ]


def _squares(row: Sequence[bool]) -> Iterator[tuple[float, float]]:
    """Yield the middle and width of every run of dark, light, dark, light, dark as 1:1:3:1:1."""
    edges = [at for at in range(1, len(row)) if row[at] != row[at - 1]]
    for start in range(len(edges) - 5):
        if not row[edges[start]]:
            continue
        runs = [edges[start + i + 1] - edges[start + i] for i in range(5)]
        size = sum(runs)
        if size >= 14 and all(
            abs(run - share * size / 7) <= max(1.5, size / 14)
            for run, share in zip(runs, (1, 1, 3, 1, 1), strict=True)
        ):
            yield (edges[start] + edges[start + 5] - 1) / 2, size


def _format(code: Modules) -> tuple[str, int]:
    places = [
        *((8, x) for x in (0, 1, 2, 3, 4, 5, 7, 8)),
        *((y, 8) for y in (7, 5, 4, 3, 2, 1, 0)),
    ]
    bits = 0
    for y, x in places:
        bits = bits << 1 | code[y][x]
    bits ^= _FORMAT_MASK
    return _LEVELS[bits >> 13], bits >> 10 & 7


def _codewords(code: Modules, version: int, mask: int) -> list[int]:
    size = len(code)
    bits: list[int] = []
    column, upward = size - 1, True
    while column > 0:
        if column == 6:
            column -= 1
        for y in range(size - 1, -1, -1) if upward else range(size):
            bits += [
                code[y][x] != (_MASKS[mask](y, x) == 0)
                for x in (column, column - 1)
                if not _is_function(y, x, size, version)
            ]
        column, upward = column - 2, not upward
    return [
        int("".join(str(int(bit)) for bit in bits[at : at + 8]), 2)
        for at in range(0, len(bits) - 7, 8)
    ]


def _is_function(y: int, x: int, size: int, version: int) -> bool:
    """Return whether a module is part of a square, a line or the format: it holds no data."""
    is_corner = (y < 9 and x < 9) or (y < 9 and x >= size - 8) or (y >= size - 8 and x < 9)
    is_aligning = version > 1 and abs(y - size + 7) <= 2 and abs(x - size + 7) <= 2
    return is_corner or is_aligning or 6 in (y, x)


def _data(words: Sequence[int], version: int, level: str) -> list[int]:
    blocks, data = _BLOCKS[level][version - 1], _DATA[level][version - 1]
    lengths = [data // blocks + (at >= blocks - data % blocks) for at in range(blocks)]
    parts: list[list[int]] = [[] for _ in lengths]
    rest = iter(words)
    for at in range(max(lengths)):
        for part, length in zip(parts, lengths, strict=True):
            if at < length:
                part.append(next(rest))
    return [word for part in parts for word in part]


def _text(data: Sequence[int]) -> str:
    bits = "".join(f"{word:08b}" for word in data)
    if bits[:4] != "0100":
        raise ValueError(f"another mode: {bits[:4]}")
    count = int(bits[4:12], 2)
    whole = bits[12 : 12 + 8 * count]
    return bytes(int(whole[at : at + 8], 2) for at in range(0, len(whole), 8)).decode()
