import { createContext } from 'react';

export interface ElicitationAnswer {
  elicitation_id: string;
  action: 'accept' | 'decline';
  content?: Record<string, unknown>;
}

/** What the cards of a waiting answer can do with what the person says. */
export interface PersonAnswers {
  /** While an answer is on its way. */
  busy: boolean;
  allow(approvalId: string, approved: boolean): void;
  tell(answer: ElicitationAnswer): void;
}

export const PersonAnswersContext = createContext<PersonAnswers | null>(null);
