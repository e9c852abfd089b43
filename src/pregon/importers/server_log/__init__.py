"""The registers that web servers keep, a line a request: how they are read line by line and their visits counted.

The source `web-log`, in `pregon.importers.sources`, uses it. Nothing of a line leaves this package but counts: no
address, no agent, no page.
"""
