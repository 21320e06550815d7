// Loaded before the server: it would listen on every network, and on a port that may be taken.
import net from 'node:net';

const listen = net.Server.prototype.listen;
net.Server.prototype.listen = function (port, ...rest) {
  this.once('listening', () => console.log(`port ${this.address().port}`));
  return listen.call(this, 0, '127.0.0.1', ...rest);
};
