import os

from flask import Flask

app = Flask(__name__)


@app.get("/")
def index():
    return f"{os.listdir('/srv')} {os.stat('/srv/bookworm').st_uid}"
