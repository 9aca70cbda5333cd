import type { Redis } from '@upstash/redis/cloudflare';
import { z } from 'zod';
import { LEASE_MS, RESERVATION_GRACE_MS, RESERVATIONS_MS, type RedisKeys } from '../redis/keys.ts';
import { runScript } from '../redis/script.ts';
import { orMemoryUnavailable } from '../redis/upstash-client.ts';
import { readUsageScript, reserveScript, settleScript } from './budget-scripts.ts';
import { chargeKeys } from './charge-keys.ts';
import { parseUsage } from './parse-usage.ts';
import { readStanding } from './read-standing.ts';
import { scriptBill } from './script-bill.ts';
import type { UsageLedger } from './usage-ledger.ts';

const reserveReply = z.tuple([z.number(), z.array(z.number())]);
const usageReply = z.tuple([z.array(z.string()), z.array(z.string()), z.number(), z.number()]);

export function upstashLedger({ redis, keys, now }: { redis: Redis; keys: RedisKeys; now(): number }): UsageLedger {
  return {
    async reserve(charge, holder, { tokens, micro }, forMs = LEASE_MS + RESERVATION_GRACE_MS) {
      const { names, places } = chargeKeys(keys, charge, 1);
      const args = [JSON.stringify(places), holder, now(), now() + forMs, RESERVATIONS_MS, tokens, micro];
      const reply = await orMemoryUnavailable(runScript(redis, reserveScript, names, args));
      const [refused, standing] = reserveReply.parse(reply);
      return { refused: refused === 0 ? null : refused - 1, standing: readStanding(standing) };
    },
    async settle(bill, holder) {
      const { names, json } = scriptBill(keys, bill, 1);
      await orMemoryUnavailable(runScript(redis, settleScript, names, [json, holder]));
    },
    async read({ scope, name }, { day, month }) {
      const names = [
        keys.usage(scope, name, day),
        keys.usage(scope, name, month),
        keys.reservations(scope, name),
        keys.reservationLeases,
      ];
      const reply = await orMemoryUnavailable(runScript(redis, readUsageScript, names, [now()]));
      const [ofDay, ofMonth, tokens, micro] = usageReply.parse(reply);
      return { day: parseUsage(ofDay), month: parseUsage(ofMonth), reserved: { tokens, micro } };
    },
    days: ({ scope, name }, days) =>
      orMemoryUnavailable(
        Promise.all(
          days.map(async (day) => {
            const found = await redis.hgetall<Record<string, string>>(keys.usage(scope, name, day));
            return parseUsage(Object.entries(found ?? {}).flat());
          }),
        ),
      ),
    async list(month, scope, { after, limit }) {
      // Names sort as bytes; '!' comes right after the space that ends the scope.
      const from = after === undefined ? (`[${scope} ` as const) : (`(${scope} ${after}` as const);
      const range = { byLex: true, offset: 0, count: limit } as const;
      const found = await orMemoryUnavailable(redis.zrange(keys.usageIndex(month), from, `(${scope}!`, range));
      return z
        .array(z.string())
        .parse(found)
        .map((member) => member.slice(scope.length + 1));
    },
  };
}
