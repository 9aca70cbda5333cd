/** The platform's own classes, whatever the bundler has put behind their bare names. */
export const platformStreams = {
  ReadableStream: readableStream(Reflect.get(globalThis, 'ReadableStream')),
  TransformStream: transformStream(Reflect.get(globalThis, 'TransformStream')),
};

/** The cast: Cloudflare's types know the classes by their bare names only, and not as properties of the global object. */
function readableStream(found: unknown): typeof ReadableStream {
  return found as typeof ReadableStream;
}

/** The cast: as above. */
function transformStream(found: unknown): typeof TransformStream {
  return found as typeof TransformStream;
}
