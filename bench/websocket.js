// A WebSocket server and client for bench/peers, by the package ws: node websocket.js server PORT, or
// node websocket.js talk|flood|quiet URL. What the client and the server heard is printed without what differs from run to run.
'use strict';
const { createHash } = require('node:crypto');
const WebSocket = require('ws');

const deflate = { threshold: 0 };
const shown = (data, binary) =>
  `${binary ? 'binary' : 'text'} ${data.length} ${createHash('sha256').update(data).digest('hex')}`;

function server(port) {
  const listening = new WebSocket.Server({ host: '127.0.0.1', port, perMessageDeflate: deflate, maxPayload: 64 << 20 });
  listening.on('connection', (socket, request) => {
    const heard = createHash('sha256');
    if (request.url === '/flood') {
      const part = Buffer.alloc(1 << 20, 'flood ');
      for (let i = 0; i < 64; i++) socket.send(part, { binary: true, compress: false });
    }
    socket.on('ping', (data) => heard.update('ping').update(data));
    socket.on('message', (data, binary) => {
      heard.update(shown(data, binary));
      if (!binary && String(data) === 'leave') return socket.close(4002, 'as you wish');
      if (!binary && String(data) === 'what did you hear') return socket.send(heard.copy().digest('hex'));
      if (data.length > 100000) return socket.send(data, { binary });
      // Fragments of its own, with a ping in between.
      const half = data.length >> 1;
      socket.send(data.subarray(0, half), { binary, fin: false });
      socket.ping('between');
      socket.send(data.subarray(half), { binary, fin: true });
    });
  });
}

function talk(url, perMessageDeflate, leave) {
  return new Promise((done) => {
    const socket = new WebSocket(url, { perMessageDeflate, maxPayload: 64 << 20 });
    const lines = [];
    const say = [
      () => socket.send('{"n":1,"text":"hello"}'),
      () => socket.send(Buffer.from([0, 1, 2, 255])),
      () => socket.send(''),
      () => socket.send('x'.repeat(125)),
      () => socket.send('y'.repeat(126)),
      () => socket.send('z'.repeat(65535)),
      () => socket.send('\u00e4\u20ac\u{1f600}'.repeat(7282)),
      () => socket.send('lorem ipsum '.repeat(87382)),
      () => socket.send(Buffer.alloc(1 << 20, 'random?')),
      () => {
        for (let i = 0; i < 50; i++) socket.send(`part ${i} `, { fin: i === 49 });
      },
      () => socket.send('what did you hear'),
      () => (leave ? socket.send('leave') : socket.close(4001, 'done')),
    ];
    let next = 0;
    socket.on('upgrade', (response) => lines.push(`extensions ${response.headers['sec-websocket-extensions']}`));
    socket.on('open', () => {
      socket.ping('early');
      say[next++]();
    });
    socket.on('ping', (data) => lines.push(`ping ${data}`));
    socket.on('pong', (data) => lines.push(`pong ${data}`));
    socket.on('message', (data, binary) => {
      lines.push(shown(data, binary) + (data.length === 64 ? ` ${data}` : ''));
      say[next++]();
    });
    socket.on('close', (code, reason) => {
      lines.push(`close ${code} ${reason}`);
      done(lines);
    });
    socket.on('error', (error) => lines.push(`error ${error.message}`));
  });
}

async function main([mode, where]) {
  if (mode === 'server') return server(Number(where));
  if (mode === 'talk') {
    for (const compressed of [false, deflate, { ...deflate, clientNoContextTakeover: true, serverNoContextTakeover: true }]) {
      for (const leave of [false, true]) {
        console.log((await talk(where, compressed, leave)).join('\n'));
      }
    }
    return;
  }
  // A reader that takes nothing for some seconds, and then all.
  const socket = new WebSocket(`${where}/flood`, { perMessageDeflate: false, maxPayload: 64 << 20 });
  let bytes = 0;
  let seen = 0;
  socket.on('open', () => {
    socket.pause();
    setTimeout(() => {
      console.log('paused');
      setTimeout(() => socket.resume(), 2000);
    }, 3000);
  });
  socket.on('message', (data) => {
    bytes += data.length;
    if (++seen === 64) {
      console.log(`read ${bytes} bytes`);
      socket.close();
    }
  });
}

main(process.argv.slice(2));
