// A host around the page of the built binary: it passes everything on, and has
// what a larger server has besides. Prints its address.
// usage: node host.mjs BINARY-ADDRESS
import { createServer, request } from 'node:http';
import { WebSocketServer } from 'ws';

const [host, port] = process.argv[2].split(':');
const schema = { type: 'object', required: ['room'], properties: { room: { type: 'string', maxLength: 64, description: 'Name of the room' }, size: { type: 'integer', minimum: 1 } } };
const call = (method, params) => ({ summary: `Calls ${method}`, payload: { type: 'object', properties: { jsonrpc: { const: '2.0' }, id: {}, method: { const: method }, params } } });
const api = {
  asyncapi: '3.0.0',
  channels: { rpc: { address: '/rpc', messages: { join: call('room.join', { $ref: '#/components/schemas/Join' }), ping: call('ping', undefined) } } },
  operations: { join: { action: 'receive', channel: { $ref: '#/channels/rpc' } } },
  components: { schemas: { Join: schema } },
};
const answers = {
  '/asyncapi.json': api,
  '/push/stats': { code: 0, message: 'OK', data: { sessions: 3, users: 1, rooms: 2, refused: { origin: 4, unauthorized: 1 }, dropped: 0 } },
};

const rooms = new Map();
let sessions = 0;

const methods = {
  'room.join'(session, { room }) {
    if (room === 'closed') throw Object.assign(new Error('that room is closed'), { code: 61 });
    const members = rooms.get(room) ?? rooms.set(room, new Set()).get(room);
    tell(room, 'room.joined', { room, session: session.id, user: session.user, first: true });
    members.add(session);
    return { session: session.id, members: [...members].map(({ id, user }) => ({ session: id, user })), history: [{ room, seq: 1, session: 's0', user: 'anna', text: 'welcome', time: '2026-01-02T03:04:05Z' }] };
  },
  'room.leave'(session, { room }) {
    rooms.get(room).delete(session);
    return {};
  },
  'room.say'(session, { room, text }) {
    tell(room, 'room.message', { room, seq: 2, session: session.id, user: session.user, text, time: '2026-01-02T03:04:06Z' });
    return { seq: 2 };
  },
  ping: () => ({}),
};

function tell(room, method, params) {
  for (const { socket } of rooms.get(room)) socket.send(JSON.stringify({ jsonrpc: '2.0', method, params }));
}

function serve(socket) {
  sessions += 1;
  const session = { id: `s${sessions}`, user: `user ${sessions}`, socket };
  socket.on('message', (data) => {
    const { id, method, params } = JSON.parse(data);
    try {
      socket.send(JSON.stringify({ jsonrpc: '2.0', id, result: methods[method](session, params ?? {}) }));
    } catch ({ code = -32601, message }) {
      socket.send(JSON.stringify({ jsonrpc: '2.0', id, error: { code, message } }));
    }
  });
  socket.on('close', () => {
    for (const [room, members] of rooms) {
      if (members.delete(session)) tell(room, 'room.left', { room, session: session.id, user: session.user, last: true });
    }
  });
}

function answer(res, body) {
  res.setHeader('Content-Type', 'application/json');
  res.end(JSON.stringify(body));
}

const server = createServer((req, res) => {
  if (answers[req.url]) return answer(res, answers[req.url]);
  const passed = request({ host, port, path: req.url, method: req.method, headers: { ...req.headers, 'accept-encoding': 'identity' } }, (from) => {
    if (!req.url.endsWith('/settings.json')) {
      res.writeHead(from.statusCode, from.headers);
      return from.pipe(res);
    }
    const parts = [];
    from.on('data', (part) => parts.push(part));
    from.on('end', () => {
      const settings = JSON.parse(Buffer.concat(parts));
      Object.assign(settings.data, { path: '/rpc', securePath: '/rpc', endpoints: ['/rpc'], asyncapi: '/asyncapi.json', stats: '/push/stats' });
      answer(res, settings);
    });
    return undefined;
  });
  return req.pipe(passed);
});
new WebSocketServer({ server, path: '/rpc' }).on('connection', serve);
server.listen(0, '127.0.0.1', () => console.log(`127.0.0.1:${server.address().port}`));
