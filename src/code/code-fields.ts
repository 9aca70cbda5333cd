import { z } from 'zod';
import { CODE_MAX_CHARACTERS, SESSION_NAME_MAX_CHARACTERS } from './code-limits.ts';

export const codeSchema = z.string().min(1).max(CODE_MAX_CHARACTERS);
export const sessionNameSchema = z.string().min(1).max(SESSION_NAME_MAX_CHARACTERS);

/** Sessions that a caller names and those of chats are apart. */
export const namedSession = (name: string) => `named:${name}`;
export const chatSession = (sessionId: string) => `chat:${sessionId}`;
