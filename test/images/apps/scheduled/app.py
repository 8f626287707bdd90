import os

from flask import Flask

app = Flask(__name__)


def command(pid):
    with open(f"/proc/{pid}/comm") as file:
        return file.read().strip()


@app.get("/")
def index():
    running = {command(pid) for pid in os.listdir("/proc") if pid.isdigit()}
    return " ".join(sorted(running & {"cron", "dumb-init", "gunicorn"}))
