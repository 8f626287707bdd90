with open("/tmp/words.txt") as file:
    print(file.read().split()[0])
