export type SqlErrorFields = ReturnType<typeof readFields>;

/** An error that Postgres reports, with the fields of its protocol; a field that it did not send is null. */
export class SqlError extends Error {
  readonly fields: SqlErrorFields;

  /** `source` is a driver's error object: pg and PGlite name the fields alike. */
  constructor(message: string, source: object = {}) {
    super(message);
    this.fields = readFields(source);
  }
}

function readFields(source: object) {
  const read = (name: string): string | null => {
    const value: unknown = Reflect.get(source, name);
    return typeof value === 'string' ? value : null;
  };
  return {
    code: read('code'),
    detail: read('detail'),
    hint: read('hint'),
    position: read('position'),
    internalPosition: read('internalPosition'),
    internalQuery: read('internalQuery'),
    severity: read('severity'),
    where: read('where'),
    table: read('table'),
    column: read('column'),
    schema: read('schema'),
    dataType: read('dataType'),
    constraint: read('constraint'),
    file: read('file'),
    line: read('line'),
    routine: read('routine'),
  };
}
