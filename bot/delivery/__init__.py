"""Delivering what is due: at most once, paced, by one process at a time. Knows no diary, no club, no Discord."""
