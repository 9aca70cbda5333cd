// What the conformance suite starts as "the client": passes its server's address on to the Worker. Arguments: the Worker's, the server's.
const [workerUrl, serverUrl] = process.argv.slice(2);
const { MCP_CONFORMANCE_SCENARIO: scenario, MCP_CONFORMANCE_CONTEXT: context = 'null' } = process.env;
const response = await fetch(`${workerUrl}/client`, {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ serverUrl, scenario, context: JSON.parse(context) }),
});
const answer = await response.text();
console.log(answer);
process.exitCode = response.ok && JSON.parse(answer).problems.length === 0 ? 0 : 1;
