import type { Command, RespReply } from './resp-reply.ts';
import { sha1, type ScriptRegistry } from './script-registry.ts';

export type Rewritten = { command: Command; fixReply: (reply: RespReply) => RespReply };

/** What the engine must be sent for `command`, and how its reply becomes the one that Upstash would give. */
export function rewriteCommand(command: Command, scripts: ScriptRegistry): Rewritten {
  const [name = '', first = '', ...rest] = command;
  switch (String(name).toUpperCase()) {
    case 'EVAL':
    case 'EVAL_RO':
      return unchanged([name, scripts.adapt(String(first)), ...rest]);
    case 'EVALSHA':
    case 'EVALSHA_RO':
      return unchanged([name, scripts.engineSha(String(first)), ...rest]);
    case 'SCRIPT':
      return rewriteScriptCommand(command, scripts);
    case 'XADD':
    case 'XTRIM':
      return unchanged(withoutExactTrimMark(command));
    default:
      return unchanged(command);
  }
}

function unchanged(command: Command): Rewritten {
  return { command, fixReply: (reply) => reply };
}

function rewriteScriptCommand(command: Command, scripts: ScriptRegistry): Rewritten {
  const [name = '', verb = '', ...rest] = command;
  switch (String(verb).toUpperCase()) {
    case 'LOAD': {
      const script = String(rest[0]);
      const knownSha = Buffer.from(sha1(script));
      return {
        command: [name, verb, scripts.adapt(script), ...rest.slice(1)],
        fixReply: (reply) => (Buffer.isBuffer(reply) ? knownSha : reply),
      };
    }
    case 'EXISTS':
      return unchanged([name, verb, ...rest.map((sha) => scripts.engineSha(String(sha)))]);
    case 'FLUSH':
      scripts.forgetAll();
      return unchanged(command);
    default:
      return unchanged(command);
  }
}

/** js-redis-server refuses `MAXLEN = 5`, which means the same as `MAXLEN 5`. The mark stands before any field. */
function withoutExactTrimMark(command: Command): Command {
  const mark = command.findIndex(
    (item, index) => index <= 4 && String(item) === '=' && /^(maxlen|minid)$/i.test(String(command[index - 1])),
  );
  return mark < 0 ? command : command.toSpliced(mark, 1);
}
