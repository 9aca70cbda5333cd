/** The look of the page: system fonts, light and dark, from a phone's width on. */
export const DOCS_STYLE = `
:root { color-scheme: light dark; --ink: #1c2024; --soft: #5b6470; --line: #dfe3e8; --paper: #ffffff; --well: #f5f7f9; --link: #0b5cad;
  --get: #0b5cad; --post: #1a7f4b; --put: #8a5a00; --patch: #8a5a00; --delete: #b42318; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8eaed; --soft: #a3adb8; --line: #333a42; --paper: #15181b; --well: #1e2226;
  --link: #7cb7ff; --get: #7cb7ff; --post: #6fd39b; --put: #e5b567; --patch: #e5b567; --delete: #ff9489; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
a { color: var(--link); }
code, pre, .path, .method { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: 0.875em; }
.layout { display: grid; grid-template-columns: 15rem minmax(0, 1fr); max-width: 76rem; margin: 0 auto; }
nav { position: sticky; top: 0; align-self: start; max-height: 100vh; overflow-y: auto; padding: 1.5rem 1rem; }
nav ul { list-style: none; margin: 0; padding: 0; }
nav a { display: block; padding: 0.25rem 0.5rem; border-radius: 0.375rem; text-decoration: none; color: var(--ink); }
nav a:hover { background: var(--well); }
main { padding: 1.5rem; min-width: 0; }
h1 { margin: 0 0 0.25rem; font-size: 1.75rem; }
h2 { margin: 2.5rem 0 0.25rem; font-size: 1.25rem; }
.inside h3 { margin: 1rem 0 0.25rem; font-size: 0.875rem; color: var(--soft); }
p { margin: 0.25rem 0 0.75rem; max-width: 44rem; }
.operation { border: 1px solid var(--line); border-radius: 0.5rem; margin: 0.5rem 0; }
summary { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0.25rem 0.75rem; padding: 0.625rem 0.875rem; cursor: pointer; }
summary:hover, .operation[open] > summary { background: var(--well); border-radius: 0.5rem; }
.method { font-weight: 700; min-width: 4.25em; }
.get { color: var(--get); } .post { color: var(--post); } .put { color: var(--put); } .patch { color: var(--patch); }
.delete { color: var(--delete); }
.path { overflow-wrap: anywhere; font-weight: 600; }
.summary { color: var(--soft); }
.inside { padding: 0.25rem 0.875rem 0.875rem; scroll-margin-top: 4rem; }
.fields { list-style: none; margin: 0; padding: 0; }
.fields li { padding: 0.3rem 0; border-top: 1px solid var(--line); overflow-wrap: anywhere; }
.fields .fields { margin: 0.25rem 0 0 0.375rem; padding-left: 0.875rem; border-left: 2px solid var(--line); }
.name { font-weight: 600; }
.type, .limits, .media { color: var(--soft); font-size: 0.875rem; }
p.type, .fields li > p.type { display: inline; }
.required { color: var(--delete); font-size: 0.8125rem; }
.media { margin: 0.375rem 0 0.125rem; }
pre { margin: 0; padding: 0.75rem; background: var(--well); border-radius: 0.375rem; overflow-x: auto; }
dl { display: grid; grid-template-columns: 3rem minmax(0, 1fr); gap: 0.375rem 0.5rem; margin: 0; }
dt { font-weight: 700; } dt.ok { color: var(--post); } dt.refused { color: var(--delete); }
dd { margin: 0; min-width: 0; }
.schema { scroll-margin-top: 1rem; margin: 1.25rem 0; }
.schema h3 { margin: 0; font-size: 1rem; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
@media (max-width: 46rem) {
  .layout { display: block; }
  nav { position: static; max-height: none; padding: 1rem 1rem 0; }
  nav ul { display: flex; flex-wrap: wrap; gap: 0.25rem; }
  nav a { border: 1px solid var(--line); }
  main { padding: 1rem; }
}
@media print { nav { display: none; } .layout { display: block; } }
`;
