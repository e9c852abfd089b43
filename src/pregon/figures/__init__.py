"""Figures: what a number, a period and a metric are, and how Spanish reads and prints them.

The bottom layer: it knows nothing of documents, records or files. Import from the module of each word:

- `amount`: Amount, a printed or recorded number and the interval it stands for; Interval; widen_column.
- `period`: Period (month, quarter, half, year or span of days) and the periods named in a text.
- `metric`: Metric, what is counted, and whether its values may be added over months and over channels.
- `spanish`: parse and print numbers, dates and words, agreement of nouns, and `fold`, the one way to compare texts
  (`words` holds the lightest of these, for whoever needs nothing else).

The files behind them (`numbers`, `number_words`, `dates`, `date_grammar`, `period_reading`, `period_grammar`) are
theirs; nobody else imports those.
"""
