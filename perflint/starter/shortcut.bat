@echo off
chcp 65001 >nul
rem 双击：检查本文件夹中的绩效表；把文件拖到本图标上：只检查这些文件。
cd /d "%~dp0"
set "files=%*"
if not defined files set "files=."
"{python}" -m perflint check %files% --open
if errorlevel 2 pause
