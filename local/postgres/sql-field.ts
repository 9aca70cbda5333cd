export type SqlField = {
  name: string;
  dataTypeID: number;
  tableID: number;
  columnID: number;
  dataTypeSize: number;
  dataTypeModifier: number;
};

/** Only what Neon's proxy writes, from a driver's object, which has more. */
export function sqlField(source: SqlField): SqlField {
  const { name, dataTypeID, tableID, columnID, dataTypeSize, dataTypeModifier } = source;
  return { name, dataTypeID, tableID, columnID, dataTypeSize, dataTypeModifier };
}
