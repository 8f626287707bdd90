#!/bin/sh
set -e
cron
exec gunicorn -b 0.0.0.0:8000 app:app
