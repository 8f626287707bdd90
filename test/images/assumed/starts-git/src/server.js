const http = require('node:http');
const { mkdtempSync } = require('node:fs');
const git = require('simple-git')(mkdtempSync('/tmp/git-'));

http
  .createServer(async (_, answer) => {
    await git.init();
    answer.end(`repository ${await git.checkIsRepo()}`);
  })
  .listen(8000);
