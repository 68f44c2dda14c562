"""What values say: measure words, numerals, dates, amounts of money."""
