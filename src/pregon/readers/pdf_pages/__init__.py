"""The pages of a PDF: its letters with their places, and what they make, by its tags or by where they stand.

A package of its own because these modules load pdfminer and pikepdf, which `readers/pdf.py` does only when it reads.
"""
