/** Characters (code points, as Postgres counts them) a task's title may have. */
export const TITLE_MAX = 200;
/** Characters a task's description may have: enough for a page, small enough that a list of tasks fits a model's context. */
export const DESCRIPTION_MAX = 5000;
