/** Stands in for those of sucrase's transformers that are made only when they are asked for: we ask for TypeScript's alone. */
export default function absentTransformer(): never {
  throw new Error('Only the types of TypeScript can be taken out here.');
}
