"""Notes, kept in memory."""

from fastapi import FastAPI

app = FastAPI()
notes: list[str] = []


@app.get("/notes")
def read_notes() -> list[str]:
    return notes


@app.post("/notes")
def add_note(text: str) -> list[str]:
    notes.append(text)
    return notes
