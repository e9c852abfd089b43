"""What a document says: its figures, dates, periods and lists, each bound to what it is about.

`vocabulary` names entities and measures under all their aliases, `understanding` makes of a table a `tabulation`
(headers, the axis of time, blanks, totals), `claim` is the value, `sentences` finds claims in prose, `cells` in
tables, `listings` what a text enumerates, `timeline` the periods named and the report's own, `binding` puts figures
that must agree together. `siblings` does so for the lines of a table that make the same account (`signatures`), and
`announced` for the totals that only a word announces; `slips` are the accidents that explain a wrong figure.
"""
