// Plain JavaScript without imports, so that every Node can read it and say what is wrong.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `Edgewise needs Node 22.18 or newer and this is ${process.versions.node}. Use the npm script: it brings its own Node.`,
  );
  process.exit(1);
}
