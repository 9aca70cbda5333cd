/** "use the tool NAME with {json}": the name as written and the arguments as JSON text, null when the text says no such thing. */
export function readNamedCall(text: string): { name: string; arguments: string } | null {
  const match =
    /\b(?:use|call|run)\s+(?:the\s+)?tool\s+[`"“]?([\w.-]+)[`"”]?(?:\s+(?:with|on|and)\s+(?:the\s+)?(?:arguments\s+)?(\{.*))?/is.exec(
      text,
    );
  const name = match?.[1];
  if (name === undefined) return null;
  return { name, arguments: firstObject(match?.[2] ?? '') ?? '{}' };
}

/** The longest start of the text, up to a closing brace, that is JSON. */
function firstObject(text: string): string | null {
  for (let end = text.lastIndexOf('}'); end > 0; end = text.lastIndexOf('}', end - 1)) {
    const candidate = text.slice(0, end + 1);
    try {
      JSON.parse(candidate);
      return candidate;
    } catch {
      // A shorter candidate may still be JSON: prose after the object can hold a brace.
    }
  }
  return null;
}
