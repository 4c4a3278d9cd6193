"""The bot on an embedded Discord: no account, no token, nothing leaves the machine."""
