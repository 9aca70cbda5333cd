/** Stands in for the checks of sucrase's options, which are ours and constant. */
const pass = () => ({});
const checker = { strictCheck: () => undefined };

export { pass as array, pass as iface, pass as lit, pass as opt, pass as union };
export const createCheckers = () => ({ Options: checker });
