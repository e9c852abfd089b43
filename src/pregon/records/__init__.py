"""What an institution recorded for a period, frozen: the only thing a report is made from.

`organisation`, `publishing`, `programme`, `service` and `risk` hold the record types, `dossier` binds them, `totals`,
`comparison`, `indicators`, `monitors` and `turnaround` compute over them, `calendar` knows Colombia's business days.
"""
