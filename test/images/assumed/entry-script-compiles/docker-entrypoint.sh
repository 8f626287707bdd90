#!/bin/sh
set -e
gcc -shared -fPIC -o /tmp/answer.so answer.c
exec "$@"
