// A backend on node's own http server; prints its port.
const http = require('http');
const zlib = require('zlib');
const server = http.createServer((request, response) => {
  const url = new URL(request.url, 'http://x');
  if (url.pathname === '/echo') {
    response.writeHead(200, 'Echoed', [['X-Method', request.method], ['X-Length', request.headers['content-length'] || 'none'],
      ['Set-Cookie', 'a=1'], ['set-cookie', 'b=2'], ['Trailer', 'X-End']]);
    request.pipe(response, {end: false});
    request.on('end', () => { response.addTrailers({'X-End': 'yes'}); response.end(); });
  } else if (url.pathname === '/gzip') {
    const body = zlib.gzipSync('hello '.repeat(1000));
    response.writeHead(200, {'Content-Encoding': 'gzip', 'Content-Length': body.length});
    response.end(body);
  } else if (url.pathname === '/redirect') {
    response.writeHead(302, {Location: 'http://' + request.headers.host + '/gzip'});
    response.end();
  } else if (url.pathname === '/hints') {
    response.writeEarlyHints({link: '</a.css>; rel=preload'});
    response.end('hinted');
  } else if (url.pathname === '/large') {
    response.writeHead(200, {'Content-Length': 20000000});
    response.end(Buffer.alloc(20000000, 'abcdefg'));
  } else if (url.pathname === '/early') {
    response.writeHead(413, {'Connection': 'close', 'Content-Length': 7});
    response.end('too big');
  } else {
    response.writeHead(404);
    response.end();
  }
});
server.on('checkContinue', (request, response) => {
  if (request.url === '/early') {
    response.writeHead(417, {'Connection': 'close', 'Content-Length': 0});
    response.end();
  } else {
    response.writeContinue();
    server.emit('request', request, response);
  }
});
server.on('upgrade', (request, socket, head) => {
  socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: echo\r\nConnection: Upgrade\r\n\r\nhello ');
  if (head.length) socket.write(head);
  socket.pipe(socket);
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
