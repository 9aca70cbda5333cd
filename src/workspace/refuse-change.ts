import { AppError } from '../errors.ts';
import { FILE_MAX_BYTES, WORKSPACE_MAX_BYTES, WORKSPACE_MAX_FILES } from './workspace-limits.ts';

/** Why a file was not written. */
export const REFUSALS = ['no_version', 'changed', 'too_large', 'too_many', 'full'] as const;
export type Refusal = (typeof REFUSALS)[number];

export function refuseChange(refusal: Refusal, path: string): AppError {
  switch (refusal) {
    case 'no_version':
      return new AppError('version_not_found', `There is no earlier state of \`${path}\` to go back to.`);
    case 'changed':
      return new AppError('file_changed', `\`${path}\` is not as it was expected to be. Read it again.`);
    case 'too_large':
      return new AppError('payload_too_large', `A file may have at most ${FILE_MAX_BYTES} bytes.`);
    case 'too_many':
      return new AppError('workspace_full', `The workspace is full: it may hold ${WORKSPACE_MAX_FILES} files.`);
    case 'full':
      return new AppError('workspace_full', `The workspace is full: it may hold ${WORKSPACE_MAX_BYTES} bytes.`);
  }
  return refusal satisfies never;
}
