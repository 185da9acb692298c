/** A screen reader would read every step of a held key; it gets the last one, so many milliseconds later. */
const PAUSE_MS = 250;

/** Passes on the last of several texts that follow each other quickly. */
export function createAnnouncer(write: (text: string) => void) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = () => clearTimeout(timer);
  const say = (text: string) => {
    stop();
    timer = setTimeout(() => write(text), PAUSE_MS);
  };
  return { say, stop };
}
