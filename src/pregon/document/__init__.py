"""The format-free document that writers write and readers read back, equal.

`model` holds the blocks, `prose` the text with its figures marked, `location` how a place is named to a person,
`serial` the document as plain JSON values, `unreadable` what is said of a file that cannot be read.
"""
