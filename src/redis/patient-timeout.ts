/** How many turns of the event loop a timeout is spread over. */
const TICKS = 15;

/**
 * An abort signal after about `ms`, counted in ticks of the event loop: an isolate that is busy with other requests sees an answer late,
 * and that must not look as if the server had not given it.
 */
export function patientTimeout(ms: number): AbortSignal {
  const controller = new AbortController();
  let ticks = 0;
  const tick = () => {
    ticks += 1;
    if (ticks === TICKS) controller.abort(new DOMException('The request took too long.', 'TimeoutError'));
    else setTimeout(tick, ms / TICKS);
  };
  setTimeout(tick, ms / TICKS);
  return controller.signal;
}
