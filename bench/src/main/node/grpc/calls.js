// Every kind of call of gRPC, against the server at the address that is given; "server PORT" is that server.
const fs = require('fs');
const grpc = require('@grpc/grpc-js');
const loader = require('@grpc/proto-loader');
const Calls = grpc.loadPackageDefinition(loader.loadSync(__dirname + '/calls.proto')).calls.Calls;

function serve(port) {
  const server = new grpc.Server();
  server.addService(Calls.service, {
    Unary: (call, answer) => {
      const trailers = new grpc.Metadata();
      trailers.set('x-trailer', 'v');
      answer(null, {text: call.request.text + '!'}, trailers);
    },
    Client: (call, answer) => {
      let all = '';
      call.on('data', message => { all += message.text; });
      call.on('end', () => answer(null, {text: all}));
    },
    Server: call => {
      for (let i = 0; i < 100; i++) call.write({text: call.request.text + i});
      call.end();
    },
    Both: call => {
      call.on('data', message => call.write({text: 'echo ' + message.text}));
      call.on('end', () => call.end());
    },
    Fail: (call, answer) => answer({code: grpc.status.NOT_FOUND, details: 'none such'}),
    Slow: (call, answer) => { setTimeout(() => answer(null, {text: 'late'}), 5000); },
  });
  server.bindAsync('127.0.0.1:' + port, serverCredentials(), error => {
    if (error) throw error;
    console.log('serving');
  });
}

// With a certificate beside it the conversation is over TLS, at both ends.
const certificate = name => (process.env.CALLS_TLS ? fs.readFileSync(name) : null);

function serverCredentials() {
  const chain = certificate('cert.pem');
  return chain
    ? grpc.ServerCredentials.createSsl(null, [{cert_chain: chain, private_key: fs.readFileSync('key.pem')}])
    : grpc.ServerCredentials.createInsecure();
}

function clientCredentials() {
  const trusted = certificate('cert.pem');
  return trusted ? grpc.credentials.createSsl(trusted) : grpc.credentials.createInsecure();
}

async function call(address) {
  const client = new Calls(address, clientCredentials());
  const seen = [];
  const done = work => new Promise(work);
  await done(next => {
    const unary = client.Unary({text: 'a'}, (error, message) => seen.push(['unary', error && error.code, message && message.text]));
    unary.on('status', status => { seen.push(['status', status.code, status.metadata.get('x-trailer')]); next(); });
  });
  await done(next => {
    const stream = client.Client((error, message) => { seen.push(['client', error && error.code, message && message.text.length]); next(); });
    for (let i = 0; i < 200; i++) stream.write({text: 'x'.repeat(1000)});
    stream.end();
  });
  await done(next => {
    let count = 0;
    client.Server({text: 's'}).on('data', () => count++).on('end', () => { seen.push(['server', count]); next(); });
  });
  await done(next => {
    const stream = client.Both();
    const got = [];
    stream.write({text: '0'});
    stream.on('data', message => {
      got.push(message.text);
      if (got.length < 5) stream.write({text: '' + got.length}); else stream.end();
    });
    stream.on('end', () => { seen.push(['both', got]); next(); });
  });
  await done(next => client.Fail({text: 'x'}, error => { seen.push(['fail', error.code, error.details]); next(); }));
  await done(next => client.Slow({text: 'x'}, {deadline: Date.now() + 500}, error => { seen.push(['deadline', error.code]); next(); }));
  await done(next => {
    const slow = client.Slow({text: 'x'}, error => { seen.push(['cancel', error.code]); next(); });
    setTimeout(() => slow.cancel(), 300);
  });
  await Promise.all([...Array(200).keys()].map(i => done(next => client.Unary({text: '' + i}, (error, message) => {
    if (error || message.text !== i + '!') seen.push(['wrong', i, error && error.message]);
    next();
  }))));
  console.log(JSON.stringify(seen));
  client.close();
}

if (process.argv[2] === 'server') serve(process.argv[3]); else call(process.argv[2]);
