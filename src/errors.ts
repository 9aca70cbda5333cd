/** Every refusal a client can meet, and the HTTP status it is told with. The list is closed: a new code is added here and documented. */
export const ERROR_STATUS = {
  malformed_json: 400,
  invalid_memory_limit: 400,
  unknown_model: 400,
  unknown_mcp_server: 400,
  unknown_tool: 400,
  unknown_prompt: 400,
  tool_refused: 400,
  invalid_path: 400,
  header_required: 400,
  invalid_ip: 400,
  introspection_refused: 400,
  unauthorized: 401,
  invalid_credentials: 401,
  missing_admin_token: 401,
  invalid_admin_token: 401,
  forbidden: 403,
  missing_scope: 403,
  login_required: 403,
  tool_denied: 403,
  session_not_found: 404,
  question_not_found: 404,
  tool_server_not_found: 404,
  task_not_found: 404,
  file_not_found: 404,
  version_not_found: 404,
  product_not_found: 404,
  document_not_found: 404,
  library_not_found: 404,
  resource_not_found: 404,
  bypass_not_found: 404,
  key_not_found: 404,
  http_error: 404,
  method_not_allowed: 405,
  turn_running: 409,
  question_closed: 409,
  approval_invalid: 409,
  file_exists: 409,
  question_expired: 410,
  file_changed: 412,
  payload_too_large: 413,
  workspace_full: 413,
  catalogue_full: 413,
  knowledge_full: 413,
  unsupported_media_type: 415,
  media_not_taken: 415,
  validation_error: 422,
  rate_limited: 429,
  budget_exceeded: 429,
  too_many_turns: 429,
  internal_error: 500,
  provider_error: 502,
  tool_unavailable: 502,
  identity_malformed: 502,
  login_failed: 502,
  configuration_error: 503,
  code_busy: 503,
  admin_disabled: 503,
  identity_unavailable: 503,
  memory_unavailable: 503,
  archive_unavailable: 503,
  provider_unconfigured: 503,
  provider_timeout: 504,
} as const;

export type ErrorCode = keyof typeof ERROR_STATUS;

/** A refusal that is meant for the client: its message and details are shown as they are, its `cause` only reaches the log. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly details: Record<string, unknown> | undefined;

  constructor(code: ErrorCode, message: string, options: { details?: Record<string, unknown>; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.details = options.details;
  }

  get status(): (typeof ERROR_STATUS)[ErrorCode] {
    return ERROR_STATUS[this.code];
  }
}

export function memoryUnavailable(cause?: unknown): AppError {
  return new AppError('memory_unavailable', 'The session memory cannot be reached right now. Try again in a moment.', {
    cause,
  });
}
