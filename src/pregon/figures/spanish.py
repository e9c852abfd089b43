"""Spanish of figures in one place: numbers, dates, words and agreement. Each comes from the module that it names."""

from pregon.figures.date_grammar import DateMention, find_dates
from pregon.figures.dates import explain_impossible_date, parse_date, print_date
from pregon.figures.number_words import print_words
from pregon.figures.numbers import (
    NumberMention,
    ask_reading,
    count_of,
    find_amounts,
    parse_amount,
    print_amount,
    print_number,
)
from pregon.figures.words import fold, join_words, month_name, ordinal

__all__ = [
    "DateMention",
    "NumberMention",
    "ask_reading",
    "count_of",
    "explain_impossible_date",
    "find_amounts",
    "find_dates",
    "fold",
    "join_words",
    "month_name",
    "ordinal",
    "parse_amount",
    "parse_date",
    "print_amount",
    "print_date",
    "print_number",
    "print_words",
]
