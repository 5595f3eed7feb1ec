// An echo with npm's ws that also pushes when told to: "push COUNT" sends that
// many messages at once, "push COUNT EVERY" one a number of milliseconds.
// Prints its address.
import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';

const server = createServer();
const sockets = new WebSocketServer({ server, handleProtocols: (offered) => (offered.has('v2') ? 'v2' : false) });

function push(socket, count, every) {
  let sent = 0;
  const began = Date.now();
  const timer = setInterval(() => {
    const due = Math.min(count, Math.floor((Date.now() - began) / every) + 1);
    for (; sent < due; sent += 1) socket.send(`{"jsonrpc":"2.0","method":"tick","params":{"number":${sent}}}`);
    if (sent >= count) clearInterval(timer);
  }, 1);
  socket.on('close', () => clearInterval(timer));
}

sockets.on('connection', (socket) => {
  socket.on('message', (data, isBinary) => {
    const [, count, every] = /^push (\d+)(?: (\d+))?$/.exec(data) ?? [];
    if (!count) return socket.send(data, { binary: isBinary });
    if (every) return push(socket, Number(count), Number(every));
    for (let number = 0; number < Number(count); number += 1) socket.send(`pushed ${number}`);
    return undefined;
  });
});
server.listen(0, '127.0.0.1', () => console.log(`127.0.0.1:${server.address().port}`));
