/** What the bundler makes of a WebAssembly file: it is compiled when the Worker is deployed. */
declare module '*.wasm' {
  const module: WebAssembly.Module;
  export default module;
}
