"""Bars drawn on the server. What they show also stands beside them in words, or is said to whoever cannot see them."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup, escape

_WIDE, _TALL = 600, 160


def bar(parts: Sequence[tuple[str, float]], whole: float) -> Markup:
    """Parts side by side, each (style, amount); the whole row stands for `whole`."""
    pieces, at = [], 0.0
    for style, amount in parts:
        wide = 100 * amount / whole if whole else 0
        if wide:
            pieces.append(f'<rect class="{escape(style)}" x="{at:.2f}%" width="{wide:.2f}%" height="100%"/>')
        at += wide
    return Markup(f'<svg class="bar" aria-hidden="true" focusable="false">{"".join(pieces)}</svg>')


def columns(pairs: Sequence[tuple[float, float]], label: str) -> Markup:
    """Two columns side by side for each place, from the left."""
    most = max((max(pair) for pair in pairs), default=0) or 1
    step = _WIDE / max(1, len(pairs))
    pieces = []
    for place, pair in enumerate(pairs):
        for side, (style, amount) in enumerate(zip(("first", "second"), pair, strict=True)):
            tall = (_TALL - 10) * amount / most
            x = step * place + step * (0.14 + 0.37 * side)
            pieces.append(
                f'<rect class="{style}" x="{x:.1f}" y="{_TALL - tall:.1f}" width="{step * 0.33:.1f}" height="{tall:.1f}"/>'
            )
    base = f'<line class="base" x1="0" x2="{_WIDE}" y1="{_TALL}" y2="{_TALL}"/>'
    return Markup(
        f'<svg class="columns" role="img" aria-label="{escape(label)}" viewBox="0 0 {_WIDE} {_TALL + 1}" '
        f'preserveAspectRatio="none">{"".join(pieces)}{base}</svg>'
    )
