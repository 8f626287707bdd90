const app = require('express')();
app.get('/', (_, answer) => answer.send(require.resolve('express')));
app.listen(8000);
