/** What the person says to one request of a server, in MCP's own terms. */
export interface QuestionReply {
  action: 'accept' | 'decline' | 'cancel';
  content?: Record<string, unknown> | undefined;
}

/** What a tool's server wants to know from the person before it answers a call. */
export interface ToolQuestion {
  toolCallId: string;
  toolName: string;
  /** How often it has asked about this call, from 1. */
  round: number;
  requests: {
    /** What the reply goes by. */
    key: string;
    mode: 'form' | 'url';
    message: string;
    schema?: Record<string, unknown>;
    url?: string;
    host?: string;
  }[];
  /** What the server wants back with the replies, sealed for this person, chat, tool and input. */
  state: string;
  /** Milliseconds since the epoch: later the state is not accepted any more. */
  expiresAt: number;
}

export interface ToolAnswer {
  toolCallId: string;
  toolName: string;
  input: unknown;
  state: string;
  /** Of the next question, if there is one. */
  round: number;
  replies: Record<string, QuestionReply>;
  signal: AbortSignal;
}
