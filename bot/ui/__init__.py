"""Everything people see: words, cards, buttons. Knows discord, so that the domain need not."""
