#!/bin/sh
# 双击：检查本文件夹中的绩效表，在浏览器中打开报告。 Double-click to check the forms in this folder.
cd "$(dirname "$0")" || exit
{python} -m perflint check . --open
[ $? -lt 2 ] || { printf '\n⏎ '; read -r _; }
