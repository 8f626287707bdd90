"""The API of the shop."""

import os

import psycopg2
from flask import Flask, jsonify

app = Flask(__name__)


@app.get("/products")
def products():
    with psycopg2.connect(os.environ["DATABASE_URL"]) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT name FROM products ORDER BY name")
        return jsonify([name for (name,) in cursor.fetchall()])
