import type { Session } from '../memory/session.ts';

/** How a session comes to its title when no person gives it one. */
export interface SessionTitles {
  /** A few words on what the question is about; null when no model is to be asked, or it fails. Never rejects. */
  write(question: string, answeredBy: string): Promise<string | null>;
  /** Does nothing when the session has a title by now. */
  keep(session: Session, title: string): Promise<void>;
}
