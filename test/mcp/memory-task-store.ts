import type { Task, TaskStore } from '../../src/tasks/task-store.ts';

const TIME = '2026-11-21T12:00:00.000Z';

/** Tasks in memory, at a time that stands still. */
export function memoryTaskStore(): TaskStore {
  const tasks = new Map<number, Task>();
  let lastId = 0;
  return {
    async add({ title, description }) {
      lastId += 1;
      const task = { id: lastId, title, description, completed: false, createdAt: TIME, updatedAt: TIME };
      tasks.set(task.id, task);
      return task;
    },
    async list(filter, { limit, belowId = Infinity } = {}) {
      const newestFirst = [...tasks.values()].reverse().filter(({ id }) => id < belowId);
      const wanted = newestFirst.filter(({ completed }) => filter === 'all' || completed === (filter === 'completed'));
      return wanted.slice(0, limit);
    },
    async get(id) {
      return tasks.get(id) ?? null;
    },
    async update(id, change) {
      const task = tasks.get(id);
      if (!task) return null;
      const changed = { ...task, ...change };
      tasks.set(id, changed);
      return changed;
    },
    async remove(id) {
      const task = tasks.get(id) ?? null;
      tasks.delete(id);
      return task;
    },
  };
}
