require("node:http").createServer((_, answer) => answer.end(require("words"))).listen(8000);
