"""Limber: what to do when it hurts, for running clubs on Discord."""

__version__ = "0.1.0"
