const http = require('node:http');
const ms = require('ms');
const { word } = require('words');

http.createServer((_, answer) => answer.end(`${word} ${ms(60000)}`)).listen(8000);
