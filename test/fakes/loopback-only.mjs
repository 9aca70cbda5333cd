// Preloaded into servers of others that listen on every interface and cannot be told otherwise. It is done here, below `listen`, because
// naming a host to `listen` makes it asynchronous, and some of them read their port at once.
import { Server } from 'node:net';

const BIND = '_listen2';
const bind = Server.prototype[BIND];

Server.prototype[BIND] = function bindLoopback(address, port, addressType, ...rest) {
  const where = address === null ? ['127.0.0.1', port, 4] : [address, port, addressType];
  return bind.call(this, ...where, ...rest);
};
