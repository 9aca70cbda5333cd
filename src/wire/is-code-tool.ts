const CODE_TOOL = /^(.+__)?code_interpreter$/;

/** Whether this is the tool that runs code, on whatever server. */
export function isCodeTool(toolName: string): boolean {
  return CODE_TOOL.test(toolName);
}
