import express from 'express';

const app = express();
app.get('/', (_request, response) => {
  response.send(`typed ${process.env.NODE_ENV}`);
});
app.listen(8000);
