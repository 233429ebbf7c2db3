#!/bin/sh
# install.sh [--to 目录] [--settings 文件]：从本安装包安装看板，或升级已安装的看板；不成功的退回原来的版本和数据库。不连网络。
set -eu
umask 022
cd "$(dirname "$0")"
wanted=$(cat PYTHON)
for python in "${PYTHON:-}" "python$wanted" python3; do
    if [ -n "$python" ] && [ "$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null)" = "$wanted" ]; then
        exec "$python" install.py "$@"
    fi
done
echo "本安装包需要 Python $wanted（含 venv），没有找到；在别处的，写成 PYTHON=/路径/python$wanted ./install.sh。" >&2
exit 1
