"""Commands: parse, one call, render."""
