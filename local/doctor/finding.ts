/** One line of what the doctor says. `wrong` must be mended before the deployment works, `note` may be as it should. */
export interface Finding {
  level: 'fine' | 'note' | 'wrong';
  /** A variable or a dependency. */
  about: string;
  says: string;
}

export const fine = (about: string, says: string): Finding => ({ level: 'fine', about, says });
export const note = (about: string, says: string): Finding => ({ level: 'note', about, says });
export const wrong = (about: string, says: string): Finding => ({ level: 'wrong', about, says });
