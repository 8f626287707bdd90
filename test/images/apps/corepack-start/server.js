const http = require('node:http');
const ms = require('ms');

http.createServer((_, answer) => answer.end(ms(60000))).listen(8000);
