import type { Knowledge } from '../../src/knowledge/open-knowledge.ts';

const refuse = () => Promise.reject(new Error('This test has no documents.'));

/** For tests of other servers: whoever asks for a document fails. */
export const noKnowledge: Knowledge = {
  libraries: refuse,
  documents: refuse,
  document: refuse,
  remove: refuse,
  ingest: refuse,
  search: refuse,
};
