export interface Task {
  id: number;
  title: string;
  description: string | null;
  completed: boolean;
  /** ISO 8601, UTC. */
  createdAt: string;
  updatedAt: string;
}

export type TaskFilter = 'all' | 'pending' | 'completed';

/** The tasks of one owner; a task of somebody else does not exist here. `null` means there is no such task. */
export interface TaskStore {
  add(task: { title: string; description: string | null }): Promise<Task>;
  /** Newest first, which is by falling id; a page begins below `belowId`. */
  list(filter: TaskFilter, page?: { limit?: number; belowId?: number | undefined }): Promise<Task[]>;
  get(id: number): Promise<Task | null>;
  update(
    id: number,
    change: { title?: string; description?: string | null; completed?: boolean },
  ): Promise<Task | null>;
  remove(id: number): Promise<Task | null>;
}
