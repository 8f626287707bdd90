const { readFileSync } = require('node:fs');
const { createServer } = require('node:http');
const { greeting } = require('greeting');
const page = readFileSync(`${__dirname}/../public/index.html`);
createServer((_request, response) => response.end(`${greeting} ${page}`)).listen(8000);
