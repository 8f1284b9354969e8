"""The mobile pages `/m/…`: the same moves as talk and cards, for somebody who would rather tap than type."""
