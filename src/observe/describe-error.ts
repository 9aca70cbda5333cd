const CAUSES_SHOWN = 4;
const MESSAGE_SHOWN = 200;

/** Errors whose words are the platform's or our own. Those of libraries repeat what they were given: commands, prompts, rows, keys. */
const SPEAKS_PLAINLY = new Set([
  'AppError',
  'Error',
  'TypeError',
  'RangeError',
  'ReferenceError',
  'AbortError',
  'TimeoutError',
]);

/** What looks like a credential, wherever it stands. */
const CREDENTIALS =
  /\b(ew_|sk-|pk-|rk-|AIza|gsk_|xox[a-z]-|gh[a-z]_|eyJ)[\w.-]{8,}|\b(Bearer|Basic)\s+\S+|(?<=:\/\/)[^\s/@]+@|(?<=[?&][\w-]*(?:key|token|secret|code|signature)[\w-]*=)[^&\s]+/gi;

/** An error and its causes for the log: names, codes, and only such messages as hold nobody's words. A stack would only repeat bundled code. */
export function describeError(error: unknown): string {
  const chain: string[] = [];
  for (let at = error; at !== undefined && at !== null && chain.length < CAUSES_SHOWN;) {
    chain.push(describeOne(at));
    at = at instanceof Error ? at.cause : undefined;
  }
  return chain.join(' <- ');
}

function describeOne(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const marks = ['code', 'status', 'statusCode'].map((name) => mark(error, name)).filter((item) => item !== '');
  const name = [error.name, ...new Set(marks)].join(' ');
  if (!SPEAKS_PLAINLY.has(error.name)) return name;
  return `${name}: ${error.message.slice(0, MESSAGE_SHOWN).replaceAll(CREDENTIALS, '[secret]')}`;
}

/** Codes are short and of a vendor's own list; anything longer is no code. */
function mark(error: Error, name: string): string {
  const value: unknown = Reflect.get(error, name);
  return typeof value === 'number' || (typeof value === 'string' && /^[\w.-]{1,40}$/.test(value)) ? String(value) : '';
}
