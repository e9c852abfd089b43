"""What an institution recorded for a period, frozen: the only thing a report is made from.

`organisation`, `publishing`, `programme`, `service` and `risk` hold the record types, `dossier` binds them,
`totals`, `comparison`, `indicators` and `monitors` compute over them, `calendar` knows the business days of Colombia.
"""
