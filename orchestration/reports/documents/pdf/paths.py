"""The straight lines of a PDF page: strokes, thin bars, the sides of stroked boxes. Shading is no line.

Everything here is in the page's own coordinates: points, upwards from the bottom left.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from itertools import pairwise, repeat
from typing import Any

import pypdfium2.raw as raw

Box = tuple[float, float, float, float]
_Point = tuple[float, float]
_Matrix = tuple[float, float, float, float, float, float]

# A bar up to this thick is a line; what is thicker both ways is a box or shading.
_THICKEST = 4.0
_SHORTEST = 4.0
# A part of an outline no longer than this is where a curve of it begins or ends.
_DOT = 1.0
# So many dots of one size make a line where they follow each other with gaps no wider than this, in points.
_FEWEST_DOTS = 5
_DOT_GAP = 4.0
_SAME = 0.3
# The segments of one closed box.
_ONE_BOX = 5
# A path of more segments is a drawing.
_MOST_SEGMENTS = 2000
_DEEPEST = 4
# How much of a side a rounded corner takes.
_CORNER = 10.0
# How far from level or upright a side may be.
_SLANT = 1.0


class Paths:
    """Reads an open page: `lines` are the boxes of its straight lines, `count` its paths, `pictures` the boxes of
    its pictures."""

    def __init__(self, page: Any) -> None:
        self.lines: list[Box] = []
        self.count = 0
        self.pictures: list[Box] = []
        self._dots: list[Box] = []
        # One set of buffers for all calls into pdfium: making them costs more than the calls.
        self._floats = [ctypes.c_float() for _ in range(4)]
        self._fill, self._stroke = ctypes.c_int(), ctypes.c_int()
        objects = list(map(raw.FPDFPage_GetObject, repeat(page), range(raw.FPDFPage_CountObjects(page))))
        self._collect(objects, None, 0)
        self.lines.extend(_dotted(self._dots))

    def _collect(self, objects: Sequence[Any], matrix: _Matrix | None, depth: int) -> None:
        kinds = list(map(raw.FPDFPageObj_GetType, objects))
        for index in [i for i, kind in enumerate(kinds) if kind != raw.FPDF_PAGEOBJ_TEXT]:
            item, kind = objects[index], kinds[index]
            if kind == raw.FPDF_PAGEOBJ_PATH:
                self._take_path(item, matrix)
            elif kind == raw.FPDF_PAGEOBJ_IMAGE:
                self.pictures.append(self._bounds(item, matrix))
            elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
                count = raw.FPDFFormObj_CountObjects(item)
                inside = list(map(raw.FPDFFormObj_GetObject, repeat(item), range(count)))
                self._collect(inside, _times(_matrix_of(item), matrix), depth + 1)

    def _take_path(self, path: Any, matrix: _Matrix | None) -> None:
        self.count += 1
        box = self._bounds(path, matrix)
        wide, high = box[2] - box[0], box[3] - box[1]
        if wide <= _SHORTEST and high <= _SHORTEST:
            # Some pages draw tens of thousands: nothing more is asked about one.
            self._dots.append(box)
            return
        raw.FPDFPath_GetDrawMode(path, self._fill, self._stroke)
        stroked = bool(self._stroke.value)
        if not stroked and not self._fill.value:
            return
        if wide <= _THICKEST or high <= _THICKEST:
            self.lines.append(box)
            return
        segments = raw.FPDFPath_CountSegments(path)
        if segments > _MOST_SEGMENTS or (not stroked and segments <= _ONE_BOX):
            return
        outlines = self._outlines(path, segments, _times(_matrix_of(path), matrix))
        sides = [side for points in outlines for side in _sides(points, stroked)]
        self.lines.extend(sides)
        if stroked and segments > _ONE_BOX:
            self.lines.extend(_square(sides))

    def _outlines(self, path: Any, segments: int, matrix: _Matrix) -> Iterator[list[_Point]]:
        """The points of each part of a path; a closed part ends where it began, a curve cuts it."""
        points: list[_Point] = []
        x, y, *_ = self._floats
        for index in range(segments):
            segment = raw.FPDFPath_GetPathSegment(path, index)
            raw.FPDFPathSegment_GetPoint(segment, x, y)
            straight = raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_LINETO
            if points and not straight:
                yield points
                points = []
            points.append(_moved((x.value, y.value), matrix))
            if straight and raw.FPDFPathSegment_GetClose(segment):
                yield [*points, points[0]]
                points = []
        if points:
            yield points

    def _bounds(self, item: Any, matrix: _Matrix | None) -> Box:
        left, low, right, high = self._floats
        raw.FPDFPageObj_GetBounds(item, left, low, right, high)
        if matrix is None:
            return left.value, low.value, right.value, high.value
        x0, y0 = _moved((left.value, low.value), matrix)
        x1, y1 = _moved((right.value, high.value), matrix)
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _dotted(dots: Sequence[Box]) -> Iterator[Box]:
    """The level and upright lines that dots or short strokes make, which are drawn one after the other."""
    run: list[Box] = []
    way = -1
    for dot in dots:
        own = _way(run[-1], dot) if run else -1
        if own < 0 or (way >= 0 and own != way):
            yield from _line_of(run)
            run = []
            own = -1
        run.append(dot)
        way = own
    yield from _line_of(run)


def _way(dot: Box, following: Box) -> int:
    """0 where the next dot stands beside a dot, 1 where it stands over or under it, -1 where it begins a new line."""
    x0, y0, x1, y1 = dot
    left, low, right, high = following
    if abs(low - y0) < _SAME and abs(high - y1) < _SAME:
        return 0 if max(left - x1, x0 - right) <= _DOT_GAP else -1
    if abs(left - x0) < _SAME and abs(right - x1) < _SAME:
        return 1 if max(low - y1, y0 - high) <= _DOT_GAP else -1
    return -1


def _line_of(run: Sequence[Box]) -> Iterator[Box]:
    if len(run) >= _FEWEST_DOTS:
        first, last = run[0], run[-1]
        yield min(first[0], last[0]), min(first[1], last[1]), max(first[2], last[2]), max(first[3], last[3])


def _sides(points: list[_Point], stroked: bool) -> Iterator[Box]:
    """The lines of one outline: its sides where it is stroked, itself where it is a thin bar; a dot of it is none."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    x0, y0, x1, y1 = min(xs), min(ys), max(xs), max(ys)
    if max(x1 - x0, y1 - y0) <= _DOT:
        return
    if min(x1 - x0, y1 - y0) <= _THICKEST:
        yield x0, y0, x1, y1
    elif stroked:
        for (ax, ay), (bx, by) in pairwise(points):
            across, along = abs(ax - bx), abs(ay - by)
            if min(across, along) <= _SLANT and max(across, along) > _DOT:
                yield min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


def _square(sides: Sequence[Box]) -> Sequence[Box]:
    """The four whole sides of a box whose corners are rounded off; none of any other shape."""
    if not sides:
        return ()
    x0, y0 = min(side[0] for side in sides), min(side[1] for side in sides)
    x1, y1 = max(side[2] for side in sides), max(side[3] for side in sides)
    square = (x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)
    return square if all(_is_along(whole, sides) for whole in square) else ()


def _is_along(whole: Box, sides: Sequence[Box]) -> bool:
    """Whether sides run along a line, but for what a rounded corner takes of it at either end."""
    level = whole[1] == whole[3]
    at, start, end = (1, 0, 2) if level else (0, 1, 3)
    other = 3 if level else 2
    own = [side for side in sides if abs(side[at] - whole[at]) <= _SLANT >= abs(side[other] - whole[at])]
    length = sum(side[end] - side[start] for side in own)
    return length > _THICKEST and length >= whole[end] - whole[start] - 2 * _CORNER


def _matrix_of(item: Any) -> _Matrix:
    matrix = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(item, matrix)
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _moved(point: _Point, matrix: _Matrix) -> _Point:
    x, y = point
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _times(first: _Matrix, then: _Matrix | None) -> _Matrix:
    """The matrix that does the first and then the other."""
    if then is None:
        return first
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m
