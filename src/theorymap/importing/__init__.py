"""What other tools hold, written into a workspace as the file of a document to go on with.

`maps`, `cases` and `relations` each read one sort of file and write its draft by way of a `target.Target`; a module
that ends in `_draft` makes the text of a file, and knows nothing of files and workspaces.
"""
