import express = require('express');

const app = express();
app.get('/', (_: unknown, res: { send(text: string): void }) => res.send('packed'));
app.listen(8000);
