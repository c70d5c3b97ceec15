// Twenty requests over kept-alive connections and one upgrade; prints what came, Date and hop-by-hop fields aside.
const http = require('http');
const port = Number(process.argv[2]);
const agent = new http.Agent({keepAlive: true, maxSockets: 4});
const hop = new Set(['date', 'connection', 'keep-alive']);
function ask(i) {
  return new Promise((resolve, reject) => {
    const request = http.request({port, host: '127.0.0.1', agent, method: i % 2 ? 'POST' : 'GET',
      path: i % 3 ? '/echo?' + i : '/gzip', headers: {Host: 'shop.example'}}, response => {
      const parts = [];
      response.on('data', part => parts.push(part));
      response.on('end', () => {
        const raw = [];
        for (let k = 0; k < response.rawHeaders.length; k += 2) {
          if (!hop.has(response.rawHeaders[k].toLowerCase())) raw.push(response.rawHeaders[k], response.rawHeaders[k + 1]);
        }
        resolve(JSON.stringify([i, response.statusCode, response.statusMessage, raw, response.rawTrailers,
          Buffer.concat(parts).toString('base64')]));
      });
    });
    request.on('error', reject);
    if (i % 2) { request.write('part one,'); request.end('part two ' + i); } else { request.end(); }
  });
}
function upgrade() {
  return new Promise((resolve, reject) => {
    const request = http.request({port, host: '127.0.0.1', path: '/', headers: {Connection: 'Upgrade', Upgrade: 'echo'}});
    request.on('error', reject);
    request.on('upgrade', (response, socket, head) => {
      let text = head.toString();
      socket.on('data', part => { text += part; if (text.endsWith('there')) socket.end(); });
      socket.on('close', () => resolve(response.statusCode + ' ' + text));
      socket.write('there');
    });
    request.end();
  });
}
(async () => {
  const answers = await Promise.all(Array.from({length: 20}, (_, i) => ask(i)));
  answers.forEach(answer => console.log(answer));
  console.log(await upgrade());
  agent.destroy();
})();
