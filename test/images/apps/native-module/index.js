const unix = require('unix-dgram');
const socket = unix.createSocket('unix_dgram', () => {});
require('http').createServer((_, answer) => answer.end(`socket ${typeof socket.bind}`)).listen(8000);
