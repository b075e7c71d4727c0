"""The public record: releases in, one compiled record a process out; search; import of other publishers.

Fed by logged releases only. Nobody else writes its tables, and everything in it can be made again by `rebuild()`.
"""
