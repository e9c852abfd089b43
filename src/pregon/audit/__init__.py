"""Reading a report critically: every figure against every other one and, where there are records, against them."""
