/** Characters (code points, as Postgres counts them) a task's title may have. */
export const TITLE_MAX = 200;
/** The largest id a row can have; Postgres refuses to compare with a larger one. */
export const TASK_ID_MAX = 2 ** 31 - 1;
/** Characters a task's description may have: enough for a page, small enough that a list of tasks fits a model's context. */
export const DESCRIPTION_MAX = 5000;
