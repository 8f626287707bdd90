WORD = "local"
