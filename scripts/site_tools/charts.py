"""Drawings of the guide, as SVG in the page itself: no picture to fetch, the reader's own fonts and colours.

Every drawing has a title and a description for those who don't see it, says nothing by colour alone, and stands beside
a table or text with the same numbers. Colours are classes of guide.css; where no style sheet reaches the drawing, as
in the printed book, the attributes written here hold.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from html import escape

WIDTH = 400
_SOLID = 'class="yb-chart-solid" fill="currentColor" fill-opacity="0.75"'
_OPEN = 'class="yb-chart-open" fill="none" stroke="currentColor" stroke-width="1.5"'
_AXIS = 'class="yb-chart-axis" stroke="currentColor" stroke-opacity="0.35"'
_LINE = 'class="yb-chart-line" fill="none" stroke="currentColor" stroke-width="2.5"'


def figure(name: str, title: str, words: str, height: int, drawn: Iterable[str]) -> str:
    """A drawing ``WIDTH`` wide, on one line, as Markdown wants its HTML. ``name`` is unique on the page."""
    return (
        f'<figure class="yb-chart"><svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH * 6 // 5}" '
        f'height="{height * 6 // 5}" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'aria-labelledby="chart-{name}-title chart-{name}-words">'
        f'<title id="chart-{name}-title">{escape(title)}</title><desc id="chart-{name}-words">{escape(words)}</desc>'
        f'<g fill="currentColor" font-size="13">{"".join(drawn)}</g></svg></figure>'
    )


def text(x: float, y: float, said: str, anchor: str = "start", *, bold: bool = False) -> str:
    """Words with their baseline at ``y``."""
    weight = ' font-weight="bold"' if bold else ""
    return f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}"{weight}>{escape(said)}</text>'


def split_bars(bars: Sequence[tuple[str, Sequence[tuple[str, int]]]]) -> tuple[int, list[str]]:
    """Bars of the same sum, each cut in two parts: ``(heading, ((label, amount), (label, amount)))``.

    The first part is full, the second open; cuts at the same amount stand below each other. Gives height and drawing.
    """
    drawn = []
    for number, (heading, ((left, first), (right, second))) in enumerate(bars):
        top = number * 88
        cut = WIDTH * first / (first + second)
        drawn += [
            text(0, top + 16, heading, bold=True),
            text(0, top + 38, left),
            text(WIDTH, top + 38, right, "end"),
            f'<rect x="0" y="{top + 46}" width="{cut:g}" height="20" {_SOLID}/>',
            f'<rect x="{cut + 1:g}" y="{top + 47}" width="{WIDTH - cut - 2:g}" height="18" {_OPEN}/>',
        ]
    return len(bars) * 88 - 18, drawn


def spans(
    rows: Sequence[tuple[str, int, int]], ticks: Sequence[tuple[int, str]], legend: tuple[str, str]
) -> tuple[int, list[str]]:
    """For each ``(label, full, open)`` a bar that is full for the first length and open for the second, on one scale.

    ``ticks`` are marks of the scale with their words, ``legend`` says what full and open mean. Gives height and drawing.
    """
    left, right, end = 4, WIDTH - 8, max(tick for tick, _ in ticks)

    def at(length: int) -> float:
        return left + (right - left) * length / end

    drawn = []
    for number, (label, full, opened) in enumerate(rows):
        top = number * 46
        drawn.append(text(left, top + 15, label))
        drawn += [f'<path d="M{at(tick):g} {top + 20}v20" {_AXIS} fill="none"/>' for tick, _ in ticks]
        if full:
            drawn.append(f'<rect x="{left}" y="{top + 22}" width="{at(full) - left:g}" height="16" {_SOLID}/>')
        if opened:
            width = at(full + opened) - at(full) - 2
            drawn.append(f'<rect x="{at(full) + 1:g}" y="{top + 23}" width="{width:g}" height="14" {_OPEN}/>')
    bottom = len(rows) * 46
    drawn += [
        text(at(tick), bottom + 14, words, "start" if tick == 0 else "end" if tick == end else "middle")
        for tick, words in ticks
    ]
    drawn += [
        f'<rect x="{left}" y="{bottom + 30}" width="22" height="12" {_SOLID}/>',
        text(left + 30, bottom + 41, legend[0]),
        f'<rect x="{left + 1}" y="{bottom + 51}" width="20" height="10" {_OPEN}/>',
        text(left + 30, bottom + 61, legend[1]),
    ]
    return bottom + 68, drawn


def staircases(
    lines: Sequence[tuple[str, tuple[float, float], Sequence[tuple[int, int]]]],
    across: Sequence[tuple[int, str]],
    up: Sequence[tuple[int, str]],
    heading: str,
) -> tuple[int, list[str]]:
    """Lines that rise in steps: ``(label, place of the label, ((from, level), …))``; level 0 is no line there.

    The first line is drawn through, the others dashed. ``across`` and ``up`` are marks with their words; the last mark
    of each is the end of the scale. The label's place is in the units of the scales. Gives height and drawing.
    """
    left, right, top, bottom = 20, WIDTH - 6, 34, 214
    end, high = across[-1][0], up[-1][0]

    def x(value: float) -> float:
        return left + (right - left) * value / end

    def y(value: float) -> float:
        return bottom - (bottom - top) * value / high

    drawn = [f'<path d="M{left} {y(level):g}H{right}" {_AXIS} stroke-dasharray="3 4" fill="none"/>' for level, _ in up]
    drawn += [text(0, 14, heading), *(text(left - 8, y(level) + 4, words, "end") for level, words in up)]
    drawn += [text(x(mark), bottom + 18, words, "end" if mark == end else "middle") for mark, words in across]
    drawn.append(f'<path d="M{left} {bottom}H{right}" {_AXIS} fill="none"/>')
    for number, (label, (label_x, label_y), steps) in enumerate(lines):
        way, level_before = "", 0
        for (start, level), after in zip(steps, [*(start for start, _ in steps[1:]), end], strict=True):
            if level:
                way += f"{'V' if level_before else f'M{x(start):g} '}{y(level):g}H{x(after):g}"
            level_before = level
        dashes = ' stroke-dasharray="7 4"' if number else ""
        drawn.append(f'<path d="{way}" {_LINE}{dashes}/>')
        drawn.append(text(x(label_x), y(label_y), label, "middle", bold=not number))
    return bottom + 26, drawn


def months_strip(runs: Sequence[tuple[str, int]], top: float) -> tuple[int, list[str]]:
    """Months side by side, each run of equal ones with its number above it: ``(kind, months)``.

    ``kind`` is full (covered), half (covered in part, or perhaps), waiting (a dashed frame), none (a line on the ground)
    or open (a dotted frame: not known). Gives height and drawing.
    """
    left, width, ground = 1, WIDTH - 2, top + 44
    a_month = width / sum(months for _, months in runs)
    drawn, x = [], float(left)
    for number, (kind, months) in enumerate(runs, start=1):
        wide = months * a_month
        drawn.append(text(round(x + wide / 2, 1), top + 14, str(number), "middle", bold=True))
        frame = f'x="{x + 1:.1f}" y="{top + 21}" width="{wide - 2:.1f}" height="22"'
        if kind == "full":
            drawn.append(f'<rect x="{x:.1f}" y="{top + 20}" width="{wide:.1f}" height="24" {_SOLID}/>')
        elif kind == "half":
            drawn.append(f'<rect x="{x:.1f}" y="{top + 32}" width="{wide:.1f}" height="12" {_SOLID}/>')
            drawn.append(f"<rect {frame} {_OPEN}/>")
        elif kind == "waiting":
            drawn.append(f'<rect {frame} {_OPEN} stroke-dasharray="6 4"/>')
        elif kind == "open":
            drawn.append(f'<rect {frame} {_OPEN} stroke-dasharray="1 4"/>')
        else:
            drawn.append(f'<path d="M{x:.1f} {ground - 1}h{wide:.1f}" {_LINE}/>')
        drawn += [
            f'<path d="M{x + month * a_month:.1f} {ground}v5" {_AXIS} fill="none"/>' for month in range(months + 1)
        ]
        x += wide
    return 56, drawn


def days_line(ends: tuple[str, str], days: Sequence[int]) -> tuple[int, list[str]]:
    """Days on one line, to scale, each a mark with its number above it; days are counted from the first one.

    ``ends`` are the words for the first and the last day. Numbers that would touch stand one above the other. Gives height
    and drawing.
    """
    left, right, line = 8, WIDTH - 8, 58
    drawn = [f'<path d="M{left} {line}H{right}" {_AXIS} fill="none"/>']
    last_x, level = -99.0, 0
    for number, day in enumerate(days, start=1):
        x = left + (right - left) * day / days[-1]
        level = level + 1 if x - last_x < 14 else 0
        last_x = x
        drawn.append(f'<path d="M{x:.1f} {line - 8 - level * 14}V{line + 6}" {_LINE}/>')
        drawn.append(text(round(x, 1), line - 14 - level * 14, str(number), "middle", bold=True))
    drawn += [text(0, line + 24, ends[0]), text(WIDTH, line + 24, ends[1], "end")]
    return line + 30, drawn


def life_line(
    days: Sequence[date], holds: tuple[date, date] | None, will_hold: tuple[date, date] | None
) -> tuple[int, list[str]]:
    """Days on a line of years, to scale, each a mark with its number above it, and below it the time a text is in force.

    ``holds`` is drawn full, ``will_hold`` (what lies behind the day of reading) open. Numbers that would touch stand one above
    the other. Gives height and drawing.
    """
    left, right = 10, WIDTH - 10
    first, last = date(days[0].year, 1, 1), date(days[-1].year + 1, 1, 1)
    levels, last_x = [], -99.0
    for day in days:
        x = left + (right - left) * (day - first).days / (last - first).days
        levels.append((x, levels[-1][1] + 1 if levels and x - last_x < 14 else 0))
        last_x = x
    line = 24 + 14 * max(level for _, level in levels)
    drawn = [f'<path d="M{left} {line}H{right}" {_AXIS} fill="none"/>']
    years = range(first.year, last.year + 1)
    step = max(1, -(-len(years) // 6))
    for year in years:
        x = left + (right - left) * (date(year, 1, 1) - first).days / (last - first).days
        named = (year - first.year) % step == 0 and x < right - 20
        drawn.append(f'<path d="M{x:.1f} {line}v{6 if named else 3}" {_AXIS} fill="none"/>')
        if named:
            drawn.append(text(round(x, 1), line + 40, str(year), "start" if year == first.year else "middle"))
    for span, kind in ((holds, _SOLID), (will_hold, _OPEN)):
        if span:
            begin, end = (left + (right - left) * (day - first).days / (last - first).days for day in span)
            drawn.append(f'<rect x="{begin:.1f}" y="{line + 8}" width="{end - begin:.1f}" height="14" {kind}/>')
    for number, (x, level) in enumerate(levels, start=1):
        drawn.append(f'<path d="M{x:.1f} {line - 4 - level * 14}V{line + 6}" {_LINE}/>')
        drawn.append(text(round(x, 1), line - 8 - level * 14, str(number), "middle", bold=True))
    return line + 46, drawn


def arrow(top: float) -> list[str]:
    """A bar over the whole width that goes on."""
    end = WIDTH - 14
    return [f'<path d="M0 {top + 5}h{end}v-5l14 12l-14 12v-5h-{end}z" {_SOLID}/>']


def lane(top: float, parts: Sequence[tuple[str, float]]) -> list[str]:
    """A bar in parts: ``(kind, where it ends)``. Kinds are full, open (perhaps), waiting (a dashed frame) and none."""
    drawn, x = [], 0.0
    for kind, end in parts:
        if kind == "full" and end > x:
            drawn.append(f'<rect x="{x:.1f}" y="{top}" width="{end - x:.1f}" height="14" {_SOLID}/>')
        elif kind in ("open", "waiting") and end > x:
            dashes = ' stroke-dasharray="6 4"' if kind == "waiting" else ""
            drawn.append(f'<rect x="{x + 1:.1f}" y="{top + 1}" width="{end - x - 2:.1f}" height="12" {_OPEN}{dashes}/>')
        x = end
    return drawn


def rising(top: float, level: tuple[float, float]) -> list[str]:
    """An area that rises, stays level between two places, and rises on; it never falls."""
    start, end = level
    way = f"M0 {top + 30}v-8L{start:.1f} {top + 13}H{end:.1f}L{WIDTH} {top + 4}V{top + 30}z"
    return [f'<path d="{way}" {_SOLID}/>']
