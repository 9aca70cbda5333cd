/** Files of one message: what a person looks through, and a model keeps apart. */
export const ATTACHMENTS_MAX = 8;
/** All files of one message together: what a request may carry in base64, with room for the rest. */
export const ATTACHED_MAX_BYTES = 5 * 1024 * 1024;
/** Files of all messages that one request to a model carries, the newest first: they are in memory several times while it is made. */
export const READ_MAX_BYTES = 12 * 1024 * 1024;
/** Characters of a text file that a model is sent; its tools read on from there. */
export const INLINED_MAX_CHARACTERS = 48 * 1024;
/** Characters of a name before its ending. */
export const NAME_MAX_CHARACTERS = 80;
