/**
 * What runs inside the interpreter before any code does, as source: `console`, `files`, `display` and timers over the one host function,
 * which it takes away from the global scope. It keeps what it needs of the language, so that code which changes prototypes harms its own
 * output only.
 */
export const SANDBOX_SOURCE = String.raw`'use strict';
(() => {
const host = globalThis.__host;
delete globalThis.__host;
const { ownKeys, getOwnPropertyDescriptor, getPrototypeOf, apply, defineProperty } = Reflect;
const { isArray } = Array;
const { stringify, parse } = JSON;
const text = String, finite = Number;
const tagOf = Object.prototype.toString, iso = Date.prototype.toISOString, slice = String.prototype.slice;
const pattern = RegExp.prototype.toString, view = ArrayBuffer.isView, then = Promise.prototype.then;
const mapEach = Map.prototype.forEach, setEach = Set.prototype.forEach, replace = String.prototype.replaceAll;
const ERROR = Error, BYTES = Uint8Array, BUFFER = ArrayBuffer, PROMISE = Promise, MAP = Map, SET = Set, TYPE_ERROR = TypeError;
const hide = (name, value) => defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false });
const fix = (name, value) => defineProperty(globalThis, name, { value, writable: false, configurable: false, enumerable: false });
const ITEMS = 100, DEPTH = 4, WIDE = 72, MOST = 8000;

const nameOf = (value) => {
  const prototype = getPrototypeOf(value);
  if (prototype === null) return '[no prototype]';
  const maker = getOwnPropertyDescriptor(prototype, 'constructor');
  const name = maker && typeof maker.value === 'function' && getOwnPropertyDescriptor(maker.value, 'name');
  return name && typeof name.value === 'string' ? name.value : 'Object';
};
const ownText = (value, key) => {
  for (let at = value, deep = 0; at !== null && deep < 10; at = getPrototypeOf(at), deep++) {
    const found = getOwnPropertyDescriptor(at, key);
    if (found) return 'value' in found && typeof found.value === 'string' ? found.value : '';
  }
  return '';
};
const isError = (value) => value instanceof ERROR;

function inspect(value, left, depth, seen) {
  if (typeof value === 'string') return stringify(value.length > MOST ? apply(slice, value, [0, MOST]) + '…' : value);
  if (typeof value === 'bigint') return text(value) + 'n';
  if (typeof value === 'function') {
    const name = ownText(value, 'name');
    return name ? '[Function: ' + name + ']' : '[Function]';
  }
  if (typeof value !== 'object' || value === null) return Object.is(value, -0) ? '-0' : text(value);
  for (let i = 0; i < seen.length; i++) if (seen[i] === value) return '[Circular]';
  const tag = apply(tagOf, value, []);
  if (isError(value)) return ownText(value, 'name') + ': ' + ownText(value, 'message');
  if (tag === '[object Date]') { try { return apply(iso, value, []); } catch { return 'Invalid Date'; } }
  if (tag === '[object RegExp]') { try { return apply(pattern, value, []); } catch { return 'RegExp'; } }
  const name = nameOf(value);
  if (value instanceof PROMISE) return 'Promise {}';
  if (value instanceof BUFFER) return 'ArrayBuffer { byteLength: ' + text(value.byteLength) + ' }';
  if (depth > DEPTH) return isArray(value) ? '[Array]' : '[' + name + ']';
  const inside = [];
  for (let i = 0; i < seen.length; i++) inside[i] = seen[i];
  inside[seen.length] = value;
  const items = [];
  let more = 0;
  const add = (make) => {
    if (items.length >= ITEMS || left.room <= 0) return void more++;
    const item = make();
    left.room -= item.length;
    items[items.length] = item;
  };
  const show = (item) => inspect(item, left, depth + 1, inside);
  const list = isArray(value) || view(value);
  let brackets = list ? '[]' : '{}', label = '';
  if (list) {
    const length = value.length ?? value.byteLength ?? 0;
    if (!isArray(value) || name !== 'Array') label = name + '(' + text(length) + ') ';
    const shown = length > ITEMS ? ITEMS : length;
    for (let i = 0; i < shown && left.room > 0; i++) {
      const found = getOwnPropertyDescriptor(value, text(i));
      add(() => (!found ? '<empty>' : 'value' in found ? show(found.value) : '[Getter]'));
    }
    more = length - items.length;
  } else if (value instanceof MAP) {
    label = name + '(' + text(value.size) + ') ';
    apply(mapEach, value, [(item, key) => add(() => show(key) + ' => ' + show(item))]);
  } else if (value instanceof SET) {
    label = name + '(' + text(value.size) + ') ';
    apply(setEach, value, [(item) => add(() => show(item))]);
  } else {
    if (name !== 'Object') label = name + ' ';
    const keys = ownKeys(value);
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i], found = getOwnPropertyDescriptor(value, key);
      if (!found || !found.enumerable) continue;
      const shown = typeof key === 'symbol' ? '[' + text(key) + ']' : /^[A-Za-z_$][\w$]*$/.test(key) ? key : stringify(key);
      add(() => shown + ': ' + ('value' in found ? show(found.value) : '[Getter]'));
      if (items.length >= ITEMS || left.room <= 0) { more = keys.length - i - 1; break; }
    }
  }
  if (more > 0) items[items.length] = '… ' + text(more) + ' more';
  if (items.length === 0) return label + brackets;
  let length = 0, lines = false, line = '', column = '';
  for (let i = 0; i < items.length; i++) {
    length += items[i].length + 2;
    line += (i ? ', ' : '') + items[i];
    column += (i ? ',\n' : '') + '  ' + apply(replace, items[i], ['\n', '\n  ']);
  }
  lines = length > WIDE;
  const open = label + brackets[0], close = brackets[1];
  return lines ? open + '\n' + column + '\n' + close : open + (list ? '' : ' ') + line + (list ? '' : ' ') + close;
}

const shown = (value) => inspect(value, { room: MOST }, 0, []);
fix('__inspect', (value) => (typeof value === 'string' ? stringify(value) : shown(value)));
fix('__describe', (thrown) => {
  if (!isError(thrown)) return stringify(['Error', 'The code threw ' + shown(thrown), '']);
  return stringify([ownText(thrown, 'name') || 'Error', ownText(thrown, 'message'), ownText(thrown, 'stack')]);
});

const write = (level) => (...values) => {
  let line = '';
  for (let i = 0; i < values.length; i++) line += (i ? ' ' : '') + (typeof values[i] === 'string' ? values[i] : shown(values[i]));
  host('log', level, line.length > 40000 ? apply(slice, line, [0, 40000]) : line);
};
const print = write('log');
hide('console', {
  log: print, info: print, debug: print, table: print, dir: print, warn: write('warn'), error: write('warn'),
  assert: (held, ...values) => { if (!held) write('warn')('Assertion failed', ...values); },
});

const named = (path) => {
  if (typeof path !== 'string') throw new TYPE_ERROR('A path must be a string.');
  return path;
};
const content = (data) => {
  if ((data?.length ?? data?.byteLength) > 1048576) throw new ERROR('A file may have 1 MiB.');
  if (typeof data === 'string') return data;
  if (data instanceof BUFFER) return data;
  if (view(data)) return data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength);
  throw new TYPE_ERROR('A file is written from a string, an ArrayBuffer or a typed array.');
};
const files = {
  read: async (path) => host('read', named(path), 'text'),
  bytes: async (path) => new BYTES(await host('read', named(path), 'bytes')),
  write: async (path, data) => host('write', named(path), content(data)),
  append: async (path, data) => host('append', named(path), content(data)),
  exists: async (path) => (await host('exists', named(path), '')) === 'true',
  list: async (prefix = '') => parse(await host('list', named(prefix), '')),
  remove: async (path) => (await host('remove', named(path), '')) === 'true',
};
hide('files', Object.freeze(files));

const string = (value, what) => {
  if (typeof value !== 'string') throw new TYPE_ERROR(what + ' must be a string.');
  if (value.length > 300000) throw new ERROR(what + ' may have 300000 characters.');
  return value;
};
const display = {
  svg: (source) => { host('show', 'image/svg+xml', string(source, 'The source of an SVG')); },
  image: (base64, mediaType = 'image/png') => { host('show', string(mediaType, 'A media type'), string(base64, 'A picture, in base64,')); },
};
hide('display', Object.freeze(display));

let timers = 0;
const waiting = new MAP();
const has = MAP.prototype.has, put = MAP.prototype.set, drop = MAP.prototype.delete;
const start = (repeat) => (work, ms = 0, ...values) => {
  if (typeof work !== 'function') throw new TYPE_ERROR('A timer needs a function.');
  const id = ++timers;
  apply(put, waiting, [id, true]);
  const again = () => apply(then, host('sleep', text(finite(ms) || 0), ''), [() => {
    if (!apply(has, waiting, [id])) return;
    if (repeat) again(); else apply(drop, waiting, [id]);
    work(...values);
  }]);
  again();
  return id;
};
const stop = (id) => { apply(drop, waiting, [id]); };
hide('setTimeout', start(false));
hide('setInterval', start(true));
hide('clearTimeout', stop);
hide('clearInterval', stop);

const absent = (name, reason) => hide(name, function () { throw new ERROR(reason); });
for (const name of ['fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource']) absent(name, name + ': there is no network in here.');
for (const name of ['require', 'importScripts']) absent(name, name + ': there are no modules in here. Use what the language has.');
})();`;
