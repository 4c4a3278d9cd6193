"""Limber: what to do when it hurts, for running clubs on Discord."""

__version__ = "1.0.0"
