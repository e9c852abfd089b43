"""The command line. A verb is one module: `HELP`, `configure(parser)` and `run(arguments) -> exit status`.

The library's verbs are the modules of this package but `main` and those whose name begins with `_`; others arrive
by the entry-point group `pregon.commands`. Exit status: 0 done and nothing contradicts; 1 contradictions or mistakes
found; 2 wrong use; 3 a file could not be read.
"""
