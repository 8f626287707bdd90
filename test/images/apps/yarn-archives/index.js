const app = require('express')();
app.get('/', (_, answer) => answer.send(require.resolve('express').includes('.zip/') ? 'from an archive' : 'from a folder'));
app.listen(8000);
