import type { ReactNode } from 'react';

const EXAMPLES = ['Add a task to buy milk', 'What are my tasks?', 'Which tools do you have?'];

export function EmptyState({ missing, onPick }: { missing: boolean; onPick: (text: string) => void }): ReactNode {
  return (
    <section className="empty" aria-labelledby="empty-title">
      {missing && <p className="empty-missing">That conversation is no longer here. You can start a new one.</p>}
      <h1 id="empty-title">What can I do for you?</h1>
      <p>Edgewise is a chat agent that lives at the edge: it answers, and it uses tools to get things done.</p>
      <ul className="examples" aria-label="Examples">
        {EXAMPLES.map((example) => (
          <li key={example}>
            <button type="button" onClick={() => onPick(example)}>
              {example}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
