const { statSync, writeFileSync } = require('node:fs');
const http = require('node:http');
const ms = require('ms');

http
  .createServer((_, answer) => {
    writeFileSync('written', 'x');
    answer.end(`${ms(1000)} ${statSync('node_modules/ms').uid} ${statSync('.').gid}`);
  })
  .listen(8000);
