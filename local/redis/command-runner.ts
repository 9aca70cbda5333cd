import { RedisConnection } from './redis-connection.ts';
import type { RedisEngine } from './redis-engine.ts';
import { refuseCommand } from './refuse-command.ts';
import { RespError, type Command, type RespReply } from './resp-reply.ts';
import { rewriteCommand, type Rewritten } from './rewrite-command.ts';
import { scriptPrelude } from './script-prelude.ts';
import { ScriptRegistry } from './script-registry.ts';

/** Runs commands on an engine as Upstash would. */
export class CommandRunner {
  readonly #connection: RedisConnection;
  readonly #scripts: ScriptRegistry;

  constructor(engine: RedisEngine, options: { strictKeys: boolean }) {
    this.#connection = new RedisConnection(engine);
    this.#scripts = new ScriptRegistry({
      prelude: scriptPrelude({ exactNumbers: engine.roundsLuaNumbers, strictKeys: options.strictKeys }),
      acceptsFlags: !engine.roundsLuaNumbers,
    });
  }

  /** One reply for each command; one that fails does not stop the next. */
  async pipeline(commands: Command[]): Promise<RespReply[]> {
    const answers = commands.map(answerHere);
    const forEngine = commands
      .filter((_, index) => answers[index] === undefined)
      .map((command) => this.#rewrite(command));
    const replies = forEngine.length > 0 ? await this.#connection.send(forEngine.map(({ command }) => command)) : [];
    const fixed = forEngine.map(({ fixReply }, index) => fixReply(replies[index] ?? null));
    return answers.map((answer) => (answer === undefined ? (fixed.shift() ?? null) : answer));
  }

  /** All or nothing: a RespError in place of the replies says that no command was run. */
  async transaction(commands: Command[]): Promise<RespReply[] | RespError> {
    const refusal = commands.map(refuseCommand).find((message) => message !== null);
    if (refusal) return new RespError(refusal);
    const rewritten = commands.map((command) => this.#rewrite(command));
    const queued = await this.#connection.send([['MULTI'], ...rewritten.map(({ command }) => command), ['EXEC']]);
    const outcome = queued.at(-1);
    if (Array.isArray(outcome)) return outcome.map((reply, index) => rewritten[index]?.fixReply(reply) ?? null);
    const firstError = queued.find((reply) => reply instanceof RespError);
    return firstError ?? new RespError('EXECABORT Transaction discarded.');
  }

  close(): void {
    this.#connection.close();
  }

  #rewrite(command: Command): Rewritten {
    return rewriteCommand(command, this.#scripts);
  }
}

/** Refusals, and ECHO, which js-redis-server lacks; undefined means that the engine answers. */
function answerHere(command: Command): RespReply | undefined {
  const refusal = refuseCommand(command);
  if (refusal !== null) return new RespError(refusal);
  const [name, text] = command;
  if (String(name).toUpperCase() === 'ECHO' && command.length === 2 && text !== undefined) return Buffer.from(text);
  return undefined;
}
