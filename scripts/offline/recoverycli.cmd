@echo off
rem -I: nothing of this computer's Python counts. -B: Python writes no files. utf8: redirected text keeps its letters.
setlocal DisableDelayedExpansion
"%~dp0python\python.exe" -I -B -X utf8 -m recoverycli %*
