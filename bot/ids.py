"""Random ids of rows: 128 bits that say nothing about anybody."""

import secrets


def new_id() -> str:
    """32 hexadecimal digits."""
    return secrets.token_hex(16)
