import { useContext, type FormEvent, type ReactNode } from 'react';
import { contentOf, fieldsOf, type Elicitation, type FormField } from './elicitation-view.ts';
import { PersonAnswersContext } from './person-answers.ts';

function Control({ id, field }: { id: string; field: FormField }): ReactNode {
  const { name, kind, choices, required, initial } = field;
  if (kind === 'choice') {
    return (
      <select id={id} name={name} required={required} defaultValue={String(initial ?? '')}>
        <option value="">Choose…</option>
        {choices.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    );
  }
  if (kind === 'checkbox') return <input id={id} name={name} type="checkbox" defaultChecked={initial === true} />;
  const numeric = kind === 'text' ? {} : { step: kind === 'integer' ? 1 : 'any' };
  return (
    <input
      id={id}
      name={name}
      type={kind === 'text' ? 'text' : 'number'}
      required={required}
      defaultValue={initial === undefined ? undefined : String(initial)}
      {...numeric}
    />
  );
}

/** What a tool's server wants to know, as a form made from its schema, or as an address that the person goes to first. */
export function ElicitationForm({ elicitation }: { elicitation: Elicitation }): ReactNode {
  const person = useContext(PersonAnswersContext);
  if (!person) return null;
  const { elicitation_id, requests } = elicitation;
  const fields = requests.flatMap(({ schema }) => fieldsOf(schema));

  function send(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const filled = new FormData(event.currentTarget);
    person?.tell({
      elicitation_id,
      action: 'accept',
      ...(fields.length > 0 && { content: contentOf(fields, filled) }),
    });
  }

  return (
    <form className="person-question" aria-label="A tool asks" dir="auto" onSubmit={send}>
      {requests.map(({ key, message, schema, url, host }) => (
        <fieldset key={key} disabled={person.busy}>
          <legend>{message}</legend>
          {url !== undefined && (
            <p>
              This leads to <strong>{host}</strong>:{' '}
              <a href={url} target="_blank" rel="noopener noreferrer">
                open it
              </a>
              , and say here when it is done.
            </p>
          )}
          {fieldsOf(schema).map((field) => {
            const id = `${elicitation_id}-${key}-${field.name}`;
            return (
              <p key={field.name}>
                <label htmlFor={id}>{field.label}</label>
                <Control id={id} field={field} />
                {field.hint !== null && <small>{field.hint}</small>}
              </p>
            );
          })}
        </fieldset>
      ))}
      <button type="submit" className="button" disabled={person.busy}>
        {fields.length > 0 ? 'Send' : 'Done'}
      </button>
      <button
        type="button"
        className="button"
        disabled={person.busy}
        onClick={() => person.tell({ elicitation_id, action: 'decline' })}
      >
        Decline
      </button>
    </form>
  );
}
