const { mkdirSync, writeFileSync } = require('node:fs');
const { marked } = require('marked');
mkdirSync('build', { recursive: true });
writeFileSync('build/index.html', marked('# built'));
