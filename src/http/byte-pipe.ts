export interface BytePipe {
  readable: ReadableStream<Uint8Array>;
  writable: WritableStream<Uint8Array>;
}

/** workerd's own pipe for bytes, which costs no JavaScript a chunk; the standard one where there is no other. */
export function bytePipe(): BytePipe {
  const native: unknown = Reflect.get(globalThis, 'IdentityTransformStream');
  return typeof native === 'function' ? nativePipe(native) : new TransformStream<Uint8Array, Uint8Array>();
}

/** The cast: only workerd's types know the class, and these sources are also checked for Node. */
function nativePipe(native: Function): BytePipe {
  return Reflect.construct(native, []) as BytePipe;
}
