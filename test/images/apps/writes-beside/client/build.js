const { mkdirSync, writeFileSync } = require('node:fs');
mkdirSync('../server/public', { recursive: true });
writeFileSync('../server/public/index.html', '<p>built beside</p>');
