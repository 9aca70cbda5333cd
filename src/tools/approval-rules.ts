import { z } from 'zod';

/** `auto`: the tool runs when a model calls it. `ask`: a person is asked first. `deny`: nobody can call it here. */
export const TOOL_APPROVALS = ['auto', 'ask', 'deny'] as const;
export type ToolApproval = (typeof TOOL_APPROVALS)[number];

const approval = z.enum(TOOL_APPROVALS);

/** What a server's entry in MCP_SERVERS may say about its tools. */
export const approvalFields = {
  /** For all tools of the server; `ask` leaves out tools that only read, if the server is trusted. */
  approval: approval.optional(),
  /** By name, in which `*` stands for any characters; before `approval`, whatever the tool says of itself. */
  tools: z.record(z.string().min(1).max(128), approval).optional(),
  /** Whether the server is believed when it says that a tool only reads. */
  trusted: z.boolean().optional(),
};

export interface ApprovalRules {
  approval?: ToolApproval | undefined;
  tools?: Readonly<Record<string, ToolApproval>> | undefined;
  trusted?: boolean | undefined;
}
