"""The public site: search, one process from plan to payment, the rules, and how to check it all.

Built from the public record alone; writes nothing; works the same on another publisher's OCDS.
"""
