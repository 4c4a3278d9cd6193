"""How soon somebody should be seen: the field's word is disposition."""

from enum import StrEnum


class Disposition(StrEnum):
    """What to do next, worst first (clinical facts, section 1.1).

    >>> Disposition.URGENT.worse_than(Disposition.MODIFY)
    True
    """

    EMERGENCY = "emergency"  # call now
    URGENT = "urgent"  # be seen within 24 hours
    CLINICIAN = "clinician"  # a doctor or physio within days
    MODIFY = "modify"  # ease off, self-care, look again in a few days
    CONTINUE = "continue"  # carry on and watch it

    @property
    def rank(self) -> int:
        """0 for the worst, 4 for the mildest; sorts worst first."""
        return _WORST_FIRST[self]

    def worse_than(self, other: "Disposition") -> bool:
        """Whether this one asks for more haste than `other`."""
        return self.rank < other.rank


_WORST_FIRST = {disposition: rank for rank, disposition in enumerate(Disposition)}
