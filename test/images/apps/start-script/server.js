const { execFileSync } = require('node:child_process');
const app = require('express')();
app.get('/', (_, answer) => answer.send(`curl ${execFileSync('curl', ['--version']).toString().split(' ')[1].split('.')[0]}`));
app.listen(8000);
