"""One pure function per command: the facts it leads to, or why not.

Nothing is loaded here: two threads that load modules of one package wait for each other if the package loads them too.
"""
