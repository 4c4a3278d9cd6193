"""Figures: a person drawn from joint angles, in two poses, as SVG. Pure; no Discord."""
