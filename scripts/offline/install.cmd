@echo off
rem Installs recoverycli from this folder. No network, no administrator. Usage: install.cmd [FOLDER]
rem PYTHON names another Python: set PYTHON=py -3.12
setlocal DisableDelayedExpansion
if not defined PYTHON set PYTHON=py -3
%PYTHON% -I "%~dp0install.py" %*
