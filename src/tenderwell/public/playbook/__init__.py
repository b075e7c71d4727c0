"""The 19 steps of the U4SSC procurement guidelines as data, and where a process stands on them.

Works on any publisher's OCDS: it reads a compiled release and nothing else. Pure.
"""
